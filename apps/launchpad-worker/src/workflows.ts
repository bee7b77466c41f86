export { EtlFlow, MockFlow, summarizeEvents } from '@tributary/launchpad/workflows';
