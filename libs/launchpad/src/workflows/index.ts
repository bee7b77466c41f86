export { EtlFlow, MockFlow, summarizeEvents } from '@tributary/etl/workflows';
