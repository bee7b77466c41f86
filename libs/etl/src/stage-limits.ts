/**
 * Attempts of a stage at most. They are up to five minutes apart, and each goes on where the last one was: enough for the
 * outages, deployments and kills of a long stage.
 */
export const STAGE_ATTEMPTS = 100;

/**
 * Attempts of a stage in a row in which the source gives nothing at all. After the last of them, two to three hours
 * after the first, the units that are left have failed, and the run goes on to its report.
 */
export const DEFAULT_PATIENCE = 36;
