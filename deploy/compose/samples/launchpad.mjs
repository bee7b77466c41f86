// Loads what a team did on the look-alike Launchpad into PostgreSQL, prints the run and the events by week, and ends with 1
// when it fails. A second run finds all of them unchanged.
import { call, run } from './api.mjs';

const FROM = '2025-11-01';
const TO = '2026-11-01';

const ended = await run('etl-flow', {
  type: 'LaunchpadQuery',
  args: {
    // Launchpad's own name for its test instance; compose puts the look-alike at that address.
    service_root: 'test_dev',
    team: 'platform',
    data_date_start: FROM,
    data_date_end: TO,
  },
});
const { total, weeks } = await call(`/v1/events/summary?from=${FROM}&to=${TO}`);
const events = Object.fromEntries([...new Set(weeks.map(({ week }) => week))].map((week) => [week, 0]));
for (const { week, count } of weeks) events[week] += count;
console.log(JSON.stringify({ ...ended, table: { total, weeks: events } }, null, 2));
process.exitCode = ended.status === 'completed' ? 0 : 1;
