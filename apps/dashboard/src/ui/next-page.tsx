interface NextPageProps {
  /** Of what there is more: `schedules`. */
  readonly what: string;
  readonly act: () => void;
}

/** Stands below a list that has not been read to its end. */
export function NextPage({ what, act }: NextPageProps) {
  return (
    <div>
      <button type="button" onClick={act}>
        Show more {what}
      </button>
    </div>
  );
}
