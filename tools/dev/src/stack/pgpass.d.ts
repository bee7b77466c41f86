declare module 'pgpass' {
  /** Looks the connection up in `~/.pgpass` or `PGPASSFILE`; a file that others may read is ignored with a warning. */
  function pgpass(
    connection: { host: string; port: number; user: string; database: string },
    callback: (password: string | undefined) => void,
  ): void;
  export = pgpass;
}
