import { join } from 'node:path';

/** The program that walks with launchpadlib. */
export const WALK = join(__dirname, '../../../python/walk.py');

/** launchpadlib, and what it needs. */
export const LAUNCHPADLIB = join(__dirname, '../../../python/requirements.txt');
