export { EtlFlow, MockFlow, summarizeEvents } from '../workflows/index.js';
