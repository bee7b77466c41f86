import { pino } from 'pino';

export async function logNow(): Promise<void> {
  pino().info('now');
}
