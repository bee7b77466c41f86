export { EtlFlow, MockFlow } from '@tributary/etl/workflows';
