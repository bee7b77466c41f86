export { EtlFlow, MockFlow } from '../workflows/index.js';
