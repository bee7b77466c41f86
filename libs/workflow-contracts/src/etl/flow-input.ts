/** Input of every flow: which kind of query, and its arguments. */
export interface FlowInput<A extends object = Readonly<Record<string, unknown>>> {
  /** Registered type of the query: `LaunchpadQuery`. */
  readonly type: string;
  readonly args: A;
}
