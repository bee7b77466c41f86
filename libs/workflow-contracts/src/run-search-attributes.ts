/** Search attributes of runs that the API starts, by name: their types. With them its list of runs finds by what a run is about. */
export const RUN_SEARCH_ATTRIBUTES = {
  /** Qualified name of the connection of an extraction. */
  TributaryConnection: 'Keyword',
  /** What a flow reads: `team/some-team`. */
  TributarySubject: 'Keyword',
} as const;
