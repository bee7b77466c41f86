/** A blueprint: created, started, completed. */
export interface BlueprintRecord {
  readonly kind: 'blueprint';
  /** Whether its summary shall stand in the event. */
  readonly bodies: boolean;
  readonly blueprint: BlueprintFields;
}

/** Of a `specification`. */
export interface BlueprintFields {
  /** Target and name: `…/ubuntu/+spec/faster-boot`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly title?: string | null;
  readonly summary?: string | null;
  readonly owner_link?: string | null;
  readonly starter_link?: string | null;
  readonly date_started?: string | null;
  readonly completer_link?: string | null;
  readonly date_completed?: string | null;
  readonly assignee_link?: string | null;
  readonly drafter_link?: string | null;
  readonly approver_link?: string | null;
  readonly definition_status?: string | null;
  readonly implementation_status?: string | null;
  readonly priority?: string | null;
  readonly workitems_text?: string | null;
}

/** A source package in an archive. */
export interface PackageUploadRecord {
  readonly kind: 'package_upload';
  readonly upload: PackageUploadFields;
}

/** Of a `source_package_publishing_history`. */
export interface PackageUploadFields {
  /** Its last part is the id: `…/+sourcepub/99`. */
  readonly self_link: string;
  readonly date_created?: string | null;
  readonly date_published?: string | null;
  readonly source_package_name: string;
  readonly source_package_version?: string | null;
  readonly status?: string | null;
  readonly pocket?: string | null;
  readonly component_name?: string | null;
  readonly section_name?: string | null;
  readonly distro_series_link?: string | null;
  readonly archive_link?: string | null;
  readonly copied_from_archive_link?: string | null;
  readonly creator_link?: string | null;
  readonly sponsor_link?: string | null;
  readonly package_creator_link?: string | null;
  readonly package_signer_link?: string | null;
  readonly package_maintainer_link?: string | null;
}

/** A membership of a team, direct ones only: joined, left. */
export interface TeamMembershipRecord {
  readonly kind: 'team_membership';
  /**
   * How many members of the same team, with an earlier name, joined at the very same microsecond: 0 for nearly all.
   * The name itself can't be in an id, where a dictionary would find it.
   */
  readonly ordinal: number;
  readonly membership: TeamMembershipFields;
}

/** Of a `team_membership`. */
export interface TeamMembershipFields {
  readonly team_link: string;
  readonly member_link: string;
  readonly status?: string | null;
  readonly date_joined?: string | null;
  readonly date_expires?: string | null;
  readonly last_changed_by_link?: string | null;
}
