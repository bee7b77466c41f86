export { EtlFlow, MockFlow } from '@tributary/launchpad/workflows';
