/** Workflow type of the flow that extracts, transforms and loads. */
export const ETL_FLOW = 'EtlFlow';

/** Workflow type of the flow that makes its own data: proves a deployment without any source. */
export const MOCK_FLOW = 'MockFlow';

/** Task queue that the Launchpad worker polls. */
export const LAUNCHPAD_QUEUE = 'launchpad';

/** `FlowInput.type` of a query of Launchpad. */
export const LAUNCHPAD_QUERY = 'LaunchpadQuery';

/** Name of the query that every flow answers with a `FlowProgress`. */
export const FLOW_PROGRESS_QUERY = 'progress';
