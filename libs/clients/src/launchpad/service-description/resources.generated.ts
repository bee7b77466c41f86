// Made by `npx nx run clients:generate-launchpad` out of devel.json: change that, not this.
/* eslint-disable max-lines */

import type { Readable } from '../redacted.js';

export interface Archive {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly authorized_size: Readable<number | null>;
  readonly build_debug_symbols: Readable<boolean>;
  readonly dependencies_collection_link: Readable<string>;
  readonly description: Readable<string | null>;
  readonly displayname: Readable<string>;
  readonly distribution_link: Readable<string | null>;
  readonly enabled_restricted_processors_collection_link: Readable<string>;
  readonly external_dependencies: Readable<string | null>;
  readonly metadata_overrides: unknown;
  readonly name: Readable<string>;
  readonly owner_link: Readable<string>;
  readonly permit_obsolete_series_uploads: Readable<boolean>;
  readonly private: Readable<boolean>;
  readonly processors_collection_link: Readable<string>;
  readonly publish: Readable<boolean>;
  readonly publish_debug_symbols: Readable<boolean>;
  readonly publishing_method: Readable<'Local' | 'Artifactory'>;
  readonly reference: Readable<string | null>;
  readonly relative_build_score: Readable<number | null>;
  readonly repository_format: Readable<'Debian' | 'Python' | 'Conda' | 'Go' | 'Generic' | 'Rust'>;
  readonly require_virtualized: Readable<boolean>;
  readonly signing_key_fingerprint: Readable<string | null>;
  readonly status: Readable<string | null>;
  readonly suppress_subscription_notifications: Readable<boolean>;
  readonly webhooks_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Branch {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly branch_format: Readable<'!Unrecognized!' | 'Fake Bazaar Branch 4 marker' | 'Bazaar-NG Branch Reference Format 1' | 'Bazaar-NG branch format 5' | 'Bazaar Branch Format 6 (bzr 0.15)' | 'Bazaar Branch Format 7 (needs bzr 1.6)' | 'Bazaar Branch Format 8 (needs bzr 1.15)' | 'Bazaar-NG Loom branch format 1' | 'Bazaar-NG Loom branch format 6' | 'Bazaar-NG Loom branch format 7'>;
  readonly branch_type: Readable<'Hosted' | 'Mirrored' | 'Imported' | 'Remote'>;
  readonly bzr_identity: Readable<string | null>;
  readonly code_import_link: Readable<string | null>;
  readonly control_format: Readable<'!Unrecognized!' | 'Bazaar-NG branch, format 0.0.4' | 'Bazaar-NG branch, format 5' | 'Bazaar-NG branch, format 6' | 'Bazaar-NG meta directory, format 1' | 'Bazaar meta directory, format 1 (with colocated branches)'>;
  readonly date_created: Readable<string>;
  readonly date_last_modified: Readable<string | null>;
  readonly dependent_branches_collection_link: Readable<string>;
  readonly description: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly explicitly_private: Readable<boolean>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly landing_candidates_collection_link: Readable<string>;
  readonly landing_targets_collection_link: Readable<string>;
  readonly last_mirror_attempt: Readable<string | null>;
  readonly last_mirrored: Readable<string | null>;
  readonly last_scanned: Readable<string | null>;
  readonly last_scanned_id: Readable<string | null>;
  readonly lifecycle_status: Readable<'Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned'>;
  readonly linked_bugs_collection_link: Readable<string>;
  readonly mirror_status_message: Readable<string | null>;
  readonly name: Readable<string>;
  readonly owner_link: Readable<string>;
  readonly private: Readable<boolean>;
  readonly project_link: Readable<string | null>;
  readonly recipes_collection_link: Readable<string>;
  readonly registrant_link: Readable<string>;
  readonly repository_format: Readable<'!Unrecognized!' | 'Fake Bazaar repository 4 marker' | 'Fake Bazaar repository 5 marker' | 'Fake Bazaar repository 6 marker' | 'Bazaar-NG Repository format 7' | 'Bazaar-NG Knit Repository Format 1' | 'Bazaar Knit Repository Format 3 (bzr 0.15)' | 'Bazaar Knit Repository Format 4 (bzr 1.0)' | 'Bazaar pack repository format 1 (needs bzr 0.92)' | 'Bazaar pack repository format 1 with subtree support (needs bzr 0.92)' | 'Bazaar pack repository format 1 with rich root (needs bzr 1.0)' | 'Bazaar RepositoryFormatKnitPack5 (bzr 1.6)' | 'Bazaar RepositoryFormatKnitPack5RichRoot (bzr 1.6)' | 'Bazaar RepositoryFormatKnitPack5RichRoot (bzr 1.6.1)' | 'Bazaar RepositoryFormatKnitPack6 (bzr 1.9)' | 'Bazaar RepositoryFormatKnitPack6RichRoot (bzr 1.9)' | 'Bazaar development format 0 (needs bzr.dev from before 1.3)' | 'Bazaar development format 0 with subtree support (needs bzr.dev from before 1.3)' | 'Bazaar development format 1 (needs bzr.dev from before 1.6)' | 'Bazaar development format 1 with subtree support (needs bzr.dev from before 1.6)' | 'Bazaar development format 2 (needs bzr.dev from before 1.8)' | 'Bazaar development format 2 with subtree support (needs bzr.dev from before 1.8)' | 'Bazaar development format 8' | 'Bazaar development format - group compression and chk inventory (needs bzr.dev from 1.14)' | 'Bazaar development format - chk repository with bencode revision serialization (needs bzr.dev from 1.16)' | 'Bazaar repository format 2a (needs bzr 1.16 or later)'>;
  readonly reviewer_link: Readable<string | null>;
  readonly revision_count: Readable<number | null>;
  readonly sourcepackage_link: Readable<string | null>;
  readonly spec_links_collection_link: Readable<string>;
  readonly subscribers_collection_link: Readable<string>;
  readonly subscriptions_collection_link: Readable<string>;
  readonly unique_name: Readable<string>;
  readonly url: Readable<string | null>;
  readonly webhooks_collection_link: Readable<string>;
  readonly whiteboard: Readable<string | null>;
  readonly http_etag: string;
}

export interface BranchMergeProposal {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly address: Readable<string | null>;
  readonly all_comments_collection_link: Readable<string>;
  readonly bugs_collection_link: Readable<string>;
  readonly commit_message: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_merged: Readable<string | null>;
  readonly date_review_requested: Readable<string | null>;
  readonly date_reviewed: Readable<string | null>;
  readonly description: Readable<string | null>;
  readonly merge_reporter_link: Readable<string | null>;
  readonly merged_revision_id: Readable<string | null>;
  readonly merged_revno: Readable<number | null>;
  readonly prerequisite_branch_link: Readable<string | null>;
  readonly prerequisite_git_path: Readable<string | null>;
  readonly prerequisite_git_repository_link: Readable<string | null>;
  readonly preview_diff_link: Readable<string | null>;
  readonly preview_diffs_collection_link: Readable<string>;
  readonly private: Readable<boolean>;
  readonly queue_status: Readable<'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded'>;
  readonly registrant_link: Readable<string>;
  readonly reviewed_revid: Readable<string | null>;
  readonly reviewer_link: Readable<string | null>;
  readonly source_branch_link: Readable<string | null>;
  readonly source_git_path: Readable<string | null>;
  readonly source_git_repository_link: Readable<string | null>;
  readonly superseded_by_link: Readable<string | null>;
  readonly supersedes_link: Readable<string | null>;
  readonly target_branch_link: Readable<string | null>;
  readonly target_git_path: Readable<string | null>;
  readonly target_git_repository_link: Readable<string | null>;
  readonly votes_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Bug {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly activity_collection_link: Readable<string>;
  readonly attachments_collection_link: Readable<string>;
  readonly bug_tasks_collection_link: Readable<string>;
  readonly bug_watches_collection_link: Readable<string>;
  readonly cves_collection_link: Readable<string>;
  readonly date_created: Readable<string>;
  readonly date_last_message: Readable<string | null>;
  readonly date_last_updated: Readable<string | null>;
  readonly date_made_private: Readable<string | null>;
  readonly description: Readable<string | null>;
  readonly duplicate_of_link: Readable<string | null>;
  readonly duplicates_collection_link: Readable<string>;
  readonly heat: Readable<number>;
  readonly id: Readable<number>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly latest_patch_uploaded: Readable<string | null>;
  readonly linked_branches_collection_link: Readable<string>;
  readonly linked_merge_proposals_collection_link: Readable<string>;
  readonly lock_reason: Readable<string | null>;
  readonly lock_status: Readable<'Unlocked' | 'Comment-only'>;
  readonly message_count: Readable<number>;
  readonly messages_collection_link: Readable<string>;
  readonly name: Readable<string | null>;
  readonly number_of_duplicates: Readable<number>;
  readonly other_users_affected_count_with_dupes: Readable<number>;
  readonly owner_link: Readable<string>;
  readonly private: Readable<boolean>;
  readonly security_related: Readable<boolean>;
  readonly subscriptions_collection_link: Readable<string>;
  readonly tags: Readable<readonly string[]>;
  readonly title: Readable<string>;
  readonly users_affected_collection_link: Readable<string>;
  readonly users_affected_count: Readable<number>;
  readonly users_affected_count_with_dupes: Readable<number>;
  readonly users_affected_with_dupes_collection_link: Readable<string>;
  readonly users_unaffected_collection_link: Readable<string>;
  readonly users_unaffected_count: Readable<number>;
  readonly vulnerabilities_collection_link: Readable<string>;
  readonly who_made_private_link: Readable<string | null>;
  readonly http_etag: string;
}

export interface BugActivity {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly bug_link: Readable<string>;
  readonly datechanged: Readable<string>;
  readonly message: Readable<string | null>;
  readonly newvalue: Readable<string | null>;
  readonly oldvalue: Readable<string | null>;
  readonly person_link: Readable<string>;
  readonly whatchanged: Readable<string>;
  readonly http_etag: string;
}

export interface BugTarget {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly content_templates: unknown;
  readonly http_etag: string;
}

export interface BugTask {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly assignee_link: Readable<string | null>;
  readonly bug_link: Readable<string>;
  readonly bug_target_display_name: Readable<string | null>;
  readonly bug_target_name: Readable<string>;
  readonly bug_watch_link: Readable<string | null>;
  readonly date_assigned: Readable<string | null>;
  readonly date_closed: Readable<string | null>;
  readonly date_confirmed: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_deferred: Readable<string | null>;
  readonly date_fix_committed: Readable<string | null>;
  readonly date_fix_released: Readable<string | null>;
  readonly date_in_progress: Readable<string | null>;
  readonly date_incomplete: Readable<string | null>;
  readonly date_left_closed: Readable<string | null>;
  readonly date_left_new: Readable<string | null>;
  readonly date_triaged: Readable<string | null>;
  readonly importance: Readable<'Unknown' | 'Undecided' | 'Critical' | 'High' | 'Medium' | 'Low' | 'Wishlist'>;
  readonly importance_explanation: Readable<string | null>;
  readonly is_complete: Readable<boolean>;
  readonly milestone_link: Readable<string | null>;
  readonly owner_link: Readable<string>;
  readonly related_tasks_collection_link: Readable<string>;
  readonly status: Readable<'New' | 'Incomplete' | 'Opinion' | 'Invalid' | "Won't Fix" | 'Expired' | 'Confirmed' | 'Triaged' | 'In Progress' | 'Deferred' | 'Fix Committed' | 'Fix Released' | 'Does Not Exist' | 'Unknown'>;
  readonly status_explanation: Readable<string | null>;
  readonly target_link: Readable<string>;
  readonly title: Readable<string>;
  readonly http_etag: string;
}

export interface CodeReviewComment {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly as_quoted_email: Readable<string | null>;
  readonly author_link: Readable<string | null>;
  readonly branch_merge_proposal_link: Readable<string | null>;
  readonly content: Readable<string>;
  readonly date_created: Readable<string>;
  readonly date_deleted: Readable<string | null>;
  readonly date_last_edited: Readable<string | null>;
  readonly id: Readable<number>;
  readonly message_body: Readable<string | null>;
  readonly owner_link: Readable<string>;
  readonly revisions_collection_link: Readable<string>;
  readonly title: Readable<string>;
  readonly vote: Readable<'Approve' | 'Needs Fixing' | 'Needs Information' | 'Abstain' | 'Disapprove' | 'Needs Resubmitting' | null>;
  readonly vote_tag: Readable<string | null>;
  readonly http_etag: string;
}

export interface CodeReviewVoteReference {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly branch_merge_proposal_link: Readable<string | null>;
  readonly comment_link: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly is_pending: Readable<boolean>;
  readonly registrant_link: Readable<string>;
  readonly review_type: Readable<string | null>;
  readonly reviewer_link: Readable<string | null>;
  readonly http_etag: string;
}

export interface Distribution {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly active_milestones_collection_link: Readable<string>;
  readonly all_milestones_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly archive_mirrors_collection_link: Readable<string>;
  readonly archives_collection_link: Readable<string>;
  readonly branch_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Embargoed, can be proprietary' | 'Forbidden'>;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly bug_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Forbidden' | 'Embargoed, can be proprietary'>;
  readonly bug_supervisor_link: Readable<string | null>;
  readonly cdimage_mirrors_collection_link: Readable<string>;
  readonly code_admin_link: Readable<string | null>;
  readonly commercial_subscription_is_due: Readable<boolean>;
  readonly commercial_subscription_link: Readable<string | null>;
  readonly content_templates: unknown;
  readonly current_series_link: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly default_traversal_policy: Readable<'Series' | 'Source package' | 'OCI project'>;
  readonly derivatives_collection_link: Readable<string>;
  readonly description: Readable<string | null>;
  readonly development_series_alias: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly domain_name: Readable<string | null>;
  readonly driver_link: Readable<string | null>;
  readonly homepage_content: Readable<string | null>;
  readonly icon_link: Readable<string>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly logo_link: Readable<string>;
  readonly main_archive_link: Readable<string | null>;
  readonly members_link: Readable<string | null>;
  readonly mirror_admin_link: Readable<string | null>;
  readonly mugshot_link: Readable<string>;
  readonly name: Readable<string>;
  readonly oci_project_admin_link: Readable<string | null>;
  readonly official_answers: Readable<boolean>;
  readonly official_blueprints: Readable<boolean>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly official_bugs: Readable<boolean>;
  readonly official_codehosting: Readable<boolean>;
  readonly official_packages: Readable<boolean>;
  readonly owner_link: Readable<string>;
  readonly private: Readable<boolean>;
  readonly redirect_default_traversal: Readable<string | null>;
  readonly redirect_release_uploads: Readable<string | null>;
  readonly registrant_link: Readable<string>;
  readonly security_admin_link: Readable<string | null>;
  readonly series_collection_link: Readable<string>;
  readonly specification_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Embargoed, can be proprietary' | 'Forbidden'>;
  readonly summary: Readable<string | null>;
  readonly supports_mirrors: Readable<string | null>;
  readonly supports_ppas: Readable<string | null>;
  readonly title: Readable<string>;
  readonly translationgroup_link: Readable<string | null>;
  readonly translationpermission: Readable<'Open' | 'Structured' | 'Restricted' | 'Closed'>;
  readonly translations_usage: Readable<'Unknown' | 'Launchpad' | 'External' | 'Not Applicable'>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly vcs: Readable<'Bazaar' | 'Git'>;
  readonly vulnerabilities_collection_link: Readable<string>;
  readonly webhooks_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface DistributionSourcePackage {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly content_templates: unknown;
  readonly display_name: Readable<string>;
  readonly distribution_link: Readable<string | null>;
  readonly name: Readable<string>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly title: Readable<string>;
  readonly upstream_product_link: Readable<string | null>;
  readonly webhooks_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface DistroSeries {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly active_milestones_collection_link: Readable<string>;
  readonly advertise_by_hash: Readable<boolean>;
  readonly all_milestones_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly architectures_collection_link: Readable<string>;
  readonly backports_not_automatic: Readable<boolean>;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly changeslist: Readable<string | null>;
  readonly component_names: Readable<readonly string[]>;
  readonly content_templates: unknown;
  readonly date_created: Readable<string>;
  readonly datereleased: Readable<string | null>;
  readonly description: Readable<string | null>;
  readonly displayname: Readable<string>;
  readonly distribution_link: Readable<string | null>;
  readonly driver_link: Readable<string | null>;
  readonly drivers_collection_link: Readable<string>;
  readonly fullseriesname: Readable<string | null>;
  readonly include_long_descriptions: Readable<boolean>;
  readonly index_compressors: Readable<readonly string[]>;
  readonly language_pack_full_export_requested: Readable<boolean>;
  readonly main_archive_link: Readable<string | null>;
  readonly name: Readable<string>;
  readonly nominatedarchindep_link: Readable<string | null>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly owner_link: Readable<string>;
  readonly previous_series_link: Readable<string | null>;
  readonly proposed_not_automatic: Readable<string | null>;
  readonly publish_by_hash: Readable<string | null>;
  readonly publish_i18n_index: Readable<string | null>;
  readonly registrant_link: Readable<string>;
  readonly status: Readable<'Experimental' | 'Active Development' | 'Pre-release Freeze' | 'Current Stable Release' | 'Supported' | 'Obsolete' | 'Future'>;
  readonly strict_supported_component_dependencies: Readable<boolean>;
  readonly suite_names: Readable<readonly string[]>;
  readonly summary: Readable<string | null>;
  readonly supported: Readable<boolean>;
  readonly title: Readable<string>;
  readonly translations_usage: Readable<'Unknown' | 'Launchpad' | 'External' | 'Not Applicable'>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly version: Readable<string | null>;
  readonly http_etag: string;
}

export interface GitRepository {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly branches_collection_link: Readable<string>;
  readonly builder_constraints: unknown;
  readonly code_import_link: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_last_modified: Readable<string | null>;
  readonly date_last_repacked: Readable<string | null>;
  readonly date_last_scanned: Readable<string | null>;
  readonly default_branch: Readable<string | null>;
  readonly dependent_landings_collection_link: Readable<string>;
  readonly description: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly git_https_url: Readable<string | null>;
  readonly git_identity: Readable<string | null>;
  readonly git_ssh_url: Readable<string | null>;
  readonly id: Readable<number>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly landing_candidates_collection_link: Readable<string>;
  readonly landing_targets_collection_link: Readable<string>;
  readonly loose_object_count: Readable<number | null>;
  readonly name: Readable<string>;
  readonly owner_default: Readable<boolean>;
  readonly owner_link: Readable<string>;
  readonly pack_count: Readable<number | null>;
  readonly private: Readable<boolean>;
  readonly recipes_collection_link: Readable<string>;
  readonly refs_collection_link: Readable<string>;
  readonly registrant_link: Readable<string>;
  readonly repository_type: Readable<'Hosted' | 'Imported' | 'Remote'>;
  readonly reviewer_link: Readable<string | null>;
  readonly subscribers_collection_link: Readable<string>;
  readonly subscriptions_collection_link: Readable<string>;
  readonly target_default: Readable<boolean>;
  readonly target_link: Readable<string>;
  readonly unique_name: Readable<string>;
  readonly webhooks_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Language {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly code: Readable<string | null>;
  readonly english_name: Readable<string | null>;
  readonly plural_expression: Readable<string | null>;
  readonly plural_forms: Readable<number | null>;
  readonly text_direction: Readable<'Left to Right' | 'Right to Left'>;
  readonly translators_count: Readable<number | null>;
  readonly visible: Readable<boolean>;
  readonly http_etag: string;
}

export interface Message {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly bug_attachments_collection_link: Readable<string>;
  readonly content: Readable<string>;
  readonly date_created: Readable<string>;
  readonly date_deleted: Readable<string | null>;
  readonly date_last_edited: Readable<string | null>;
  readonly owner_link: Readable<string>;
  readonly parent_link: Readable<string | null>;
  readonly revisions_collection_link: Readable<string>;
  readonly subject: Readable<string | null>;
  readonly visible: Readable<boolean>;
  readonly http_etag: string;
}

export interface Milestone {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly code_name: Readable<string | null>;
  readonly date_targeted: Readable<string | null>;
  readonly is_active: Readable<boolean>;
  readonly name: Readable<string>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly release_link: Readable<string | null>;
  readonly series_target_link: Readable<string | null>;
  readonly summary: Readable<string | null>;
  readonly target_link: Readable<string>;
  readonly title: Readable<string>;
  readonly http_etag: string;
}

export interface Person {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly account_status: Readable<'Placeholder' | 'Unactivated' | 'Active' | 'Deactivated' | 'Suspended' | 'Closed' | 'Deceased'>;
  readonly account_status_history: unknown;
  readonly admins_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly archive_link: Readable<string | null>;
  readonly confirmed_email_addresses_collection_link: Readable<string>;
  readonly date_created: Readable<string>;
  readonly deactivated_members_collection_link: Readable<string>;
  readonly description: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly expired_members_collection_link: Readable<string>;
  readonly gpg_keys_collection_link: Readable<string>;
  readonly hide_email_addresses: Readable<boolean>;
  readonly homepage_content: Readable<string | null>;
  readonly id: Readable<number>;
  readonly invited_members_collection_link: Readable<string>;
  readonly irc_nicknames_collection_link: Readable<string>;
  readonly is_probationary: Readable<boolean>;
  readonly is_team: Readable<boolean>;
  readonly is_ubuntu_coc_signer: Readable<boolean>;
  readonly is_valid: Readable<boolean>;
  readonly jabber_ids_collection_link: Readable<string>;
  readonly karma: Readable<number>;
  readonly languages_collection_link: Readable<string>;
  readonly logo_link: Readable<string>;
  readonly mailing_list_auto_subscribe_policy: Readable<'Never subscribe to mailing lists' | 'Ask me when I join a team' | 'Always subscribe me to mailing lists'>;
  readonly members_collection_link: Readable<string>;
  readonly members_details_collection_link: Readable<string>;
  readonly memberships_details_collection_link: Readable<string>;
  readonly mugshot_link: Readable<string>;
  readonly name: Readable<string>;
  readonly open_membership_invitations_collection_link: Readable<string>;
  readonly participants_collection_link: Readable<string>;
  readonly ppas_collection_link: Readable<string>;
  readonly preferred_email_address_link: Readable<string | null>;
  readonly private: Readable<boolean>;
  readonly proposed_members_collection_link: Readable<string>;
  readonly recipes_collection_link: Readable<string>;
  readonly social_accounts_collection_link: Readable<string>;
  readonly sshkeys_collection_link: Readable<string>;
  readonly sub_teams_collection_link: Readable<string>;
  readonly super_teams_collection_link: Readable<string>;
  readonly team_owner_link: Readable<string | null>;
  readonly time_zone: Readable<string | null>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly visibility: Readable<'Public' | 'Private'>;
  readonly wiki_names_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Pillar {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly http_etag: string;
}

export interface PreviewDiff {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly added_lines_count: Readable<number | null>;
  readonly branch_merge_proposal_link: Readable<string | null>;
  readonly conflicts: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly diff_lines_count: Readable<number | null>;
  readonly diff_text_link: Readable<string>;
  readonly diffstat: unknown;
  readonly id: Readable<number>;
  readonly prerequisite_revision_id: Readable<string | null>;
  readonly removed_lines_count: Readable<number | null>;
  readonly source_revision_id: Readable<string | null>;
  readonly stale: Readable<boolean>;
  readonly target_revision_id: Readable<string | null>;
  readonly title: Readable<string>;
  readonly http_etag: string;
}

export interface Project {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly active_milestones_collection_link: Readable<string>;
  readonly all_milestones_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly branch_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Embargoed, can be proprietary' | 'Forbidden'>;
  readonly brand_link: Readable<string>;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly bug_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Forbidden' | 'Embargoed, can be proprietary'>;
  readonly bug_supervisor_link: Readable<string | null>;
  readonly bug_tracker_link: Readable<string | null>;
  readonly commercial_subscription_is_due: Readable<boolean>;
  readonly commercial_subscription_link: Readable<string | null>;
  readonly content_templates: unknown;
  readonly date_created: Readable<string>;
  readonly description: Readable<string | null>;
  readonly development_focus_link: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly download_url: Readable<string | null>;
  readonly driver_link: Readable<string | null>;
  readonly freshmeat_project: Readable<string | null>;
  readonly homepage_url: Readable<string | null>;
  readonly icon_link: Readable<string>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly is_permitted: Readable<boolean>;
  readonly license_approved: Readable<string | null>;
  readonly license_info: Readable<string | null>;
  readonly licenses: Readable<readonly string[]>;
  readonly logo_link: Readable<string>;
  readonly name: Readable<string>;
  readonly official_answers: Readable<boolean>;
  readonly official_blueprints: Readable<boolean>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly official_bugs: Readable<boolean>;
  readonly official_codehosting: Readable<boolean>;
  readonly owner_link: Readable<string>;
  readonly private: Readable<boolean>;
  readonly programming_language: Readable<string | null>;
  readonly project_group_link: Readable<string | null>;
  readonly project_reviewed: Readable<string | null>;
  readonly qualifies_for_free_hosting: Readable<boolean>;
  readonly recipes_collection_link: Readable<string>;
  readonly registrant_link: Readable<string>;
  readonly releases_collection_link: Readable<string>;
  readonly remote_product: Readable<string | null>;
  readonly reviewer_whiteboard: Readable<string | null>;
  readonly screenshots_url: Readable<string | null>;
  readonly series_collection_link: Readable<string>;
  readonly sourceforge_project: Readable<string | null>;
  readonly specification_sharing_policy: Readable<'Public' | 'Public, can be proprietary' | 'Proprietary, can be public' | 'Proprietary' | 'Embargoed, can be proprietary' | 'Forbidden'>;
  readonly summary: Readable<string | null>;
  readonly title: Readable<string>;
  readonly translation_focus_link: Readable<string | null>;
  readonly translationgroup_link: Readable<string | null>;
  readonly translationpermission: Readable<'Open' | 'Structured' | 'Restricted' | 'Closed'>;
  readonly translations_usage: Readable<'Unknown' | 'Launchpad' | 'External' | 'Not Applicable'>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly vcs: Readable<'Bazaar' | 'Git'>;
  readonly webhooks_collection_link: Readable<string>;
  readonly wiki_url: Readable<string | null>;
  readonly http_etag: string;
}

export interface ProjectGroup {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly active_milestones_collection_link: Readable<string>;
  readonly all_milestones_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly bug_tracker_link: Readable<string | null>;
  readonly content_templates: unknown;
  readonly date_created: Readable<string>;
  readonly description: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly driver_link: Readable<string | null>;
  readonly freshmeat_project: Readable<string | null>;
  readonly homepage_content: Readable<string | null>;
  readonly homepage_url: Readable<string | null>;
  readonly icon_link: Readable<string>;
  readonly logo_link: Readable<string>;
  readonly mugshot_link: Readable<string>;
  readonly name: Readable<string>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly owner_link: Readable<string>;
  readonly projects_collection_link: Readable<string>;
  readonly registrant_link: Readable<string>;
  readonly reviewed: Readable<boolean>;
  readonly sourceforge_project: Readable<string | null>;
  readonly summary: Readable<string | null>;
  readonly title: Readable<string>;
  readonly translationgroup_link: Readable<string | null>;
  readonly translationpermission: Readable<'Open' | 'Structured' | 'Restricted' | 'Closed'>;
  readonly translations_usage: Readable<'Unknown' | 'Launchpad' | 'External' | 'Not Applicable'>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly wiki_url: Readable<string | null>;
  readonly http_etag: string;
}

export interface ProjectSeries {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly active: Readable<boolean>;
  readonly active_milestones_collection_link: Readable<string>;
  readonly all_milestones_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly branch_link: Readable<string | null>;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly content_templates: unknown;
  readonly date_created: Readable<string>;
  readonly display_name: Readable<string>;
  readonly driver_link: Readable<string | null>;
  readonly drivers_collection_link: Readable<string>;
  readonly name: Readable<string>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly owner_link: Readable<string>;
  readonly project_link: Readable<string | null>;
  readonly release_finder_url_pattern: Readable<string | null>;
  readonly releases_collection_link: Readable<string>;
  readonly status: Readable<'Experimental' | 'Active Development' | 'Pre-release Freeze' | 'Current Stable Release' | 'Supported' | 'Obsolete' | 'Future'>;
  readonly summary: Readable<string | null>;
  readonly title: Readable<string>;
  readonly translations_autoimport_mode: Readable<'None' | 'Import template files' | 'Import template and translation files'>;
  readonly translations_usage: Readable<'Unknown' | 'Launchpad' | 'External' | 'Not Applicable'>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Question {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly answer_link: Readable<string | null>;
  readonly answerer_link: Readable<string | null>;
  readonly assignee_link: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_due: Readable<string | null>;
  readonly date_last_query: Readable<string | null>;
  readonly date_last_response: Readable<string | null>;
  readonly date_solved: Readable<string | null>;
  readonly description: Readable<string | null>;
  readonly id: Readable<number>;
  readonly language_link: Readable<string | null>;
  readonly messages_collection_link: Readable<string>;
  readonly owner_link: Readable<string>;
  readonly status: Readable<'Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid'>;
  readonly target_link: Readable<string>;
  readonly title: Readable<string>;
  readonly http_etag: string;
}

export interface QuestionMessage {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly action: Readable<'Request for more information' | 'Give more information' | 'Comment' | 'Answer' | 'Confirm' | 'Reject' | 'Expire' | 'Reopen' | 'Change status'>;
  readonly bug_attachments_collection_link: Readable<string>;
  readonly content: Readable<string>;
  readonly date_created: Readable<string>;
  readonly date_deleted: Readable<string | null>;
  readonly date_last_edited: Readable<string | null>;
  readonly index: Readable<number>;
  readonly new_status: Readable<'Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid'>;
  readonly owner_link: Readable<string>;
  readonly parent_link: Readable<string | null>;
  readonly question_link: Readable<string | null>;
  readonly revisions_collection_link: Readable<string>;
  readonly subject: Readable<string | null>;
  readonly visible: Readable<boolean>;
  readonly http_etag: string;
}

export interface QuestionTarget {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly http_etag: string;
}

export interface SourcePackage {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly bug_reported_acknowledgement: Readable<string | null>;
  readonly bug_reporting_guidelines: Readable<string | null>;
  readonly content_templates: unknown;
  readonly displayname: Readable<string>;
  readonly distribution_link: Readable<string | null>;
  readonly distroseries_link: Readable<string | null>;
  readonly latest_published_component_name: Readable<string | null>;
  readonly name: Readable<string>;
  readonly official_bug_tags: Readable<readonly string[]>;
  readonly productseries_link: Readable<string | null>;
  readonly http_etag: string;
}

export interface SourcePackagePublishingHistory {
  readonly self_link: string;
  readonly resource_type_link: string;
  readonly archive_link: Readable<string | null>;
  readonly component_name: Readable<string | null>;
  readonly copied_from_archive_link: Readable<string | null>;
  readonly creator_link: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_made_pending: Readable<string | null>;
  readonly date_published: Readable<string | null>;
  readonly date_removed: Readable<string | null>;
  readonly date_superseded: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly distro_series_link: Readable<string | null>;
  readonly package_creator_link: Readable<string | null>;
  readonly package_maintainer_link: Readable<string | null>;
  readonly package_signer_link: Readable<string | null>;
  readonly packageupload_link: Readable<string | null>;
  readonly pocket: Readable<'Release' | 'Security' | 'Updates' | 'Proposed' | 'Backports'>;
  readonly removal_comment: Readable<string | null>;
  readonly removed_by_link: Readable<string | null>;
  readonly scheduled_deletion_date: Readable<string | null>;
  readonly section_name: Readable<string | null>;
  readonly source_package_name: Readable<string>;
  readonly source_package_version: Readable<string>;
  readonly sponsor_link: Readable<string | null>;
  readonly status: Readable<'Pending' | 'Published' | 'Superseded' | 'Deleted' | 'Obsolete'>;
  readonly http_etag: string;
}

export interface Specification {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly approver_link: Readable<string | null>;
  readonly assignee_link: Readable<string | null>;
  readonly bugs_collection_link: Readable<string>;
  readonly completer_link: Readable<string | null>;
  readonly date_completed: Readable<string | null>;
  readonly date_created: Readable<string>;
  readonly date_started: Readable<string | null>;
  readonly definition_status: Readable<'Approved' | 'Pending Approval' | 'Review' | 'Drafting' | 'Discussion' | 'New' | 'Superseded' | 'Obsolete'>;
  readonly dependencies_collection_link: Readable<string>;
  readonly direction_approved: Readable<boolean>;
  readonly drafter_link: Readable<string | null>;
  readonly has_accepted_goal: Readable<boolean>;
  readonly implementation_status: Readable<'Unknown' | 'Not started' | 'Deferred' | 'Needs Infrastructure' | 'Blocked' | 'Started' | 'Slow progress' | 'Good progress' | 'Beta Available' | 'Needs Code Review' | 'Deployment' | 'Implemented' | 'Informational'>;
  readonly information_type: Readable<'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed'>;
  readonly is_complete: Readable<boolean>;
  readonly is_started: Readable<boolean>;
  readonly lifecycle_status: Readable<'Not started' | 'Started' | 'Complete'>;
  readonly linked_branches_collection_link: Readable<string>;
  readonly milestone_link: Readable<string | null>;
  readonly name: Readable<string>;
  readonly owner_link: Readable<string>;
  readonly priority: Readable<'Not' | 'Undefined' | 'Low' | 'Medium' | 'High' | 'Essential'>;
  readonly specification_url: Readable<string | null>;
  readonly starter_link: Readable<string | null>;
  readonly summary: Readable<string | null>;
  readonly target_link: Readable<string>;
  readonly title: Readable<string>;
  readonly whiteboard: Readable<string | null>;
  readonly workitems_text: Readable<string | null>;
  readonly http_etag: string;
}

export interface SpecificationTarget {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly all_specifications_collection_link: Readable<string>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface Team {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly account_status: Readable<'Placeholder' | 'Unactivated' | 'Active' | 'Deactivated' | 'Suspended' | 'Closed' | 'Deceased'>;
  readonly account_status_history: unknown;
  readonly admins_collection_link: Readable<string>;
  readonly all_specifications_collection_link: Readable<string>;
  readonly archive_link: Readable<string | null>;
  readonly confirmed_email_addresses_collection_link: Readable<string>;
  readonly date_created: Readable<string>;
  readonly deactivated_members_collection_link: Readable<string>;
  readonly default_membership_period: Readable<number | null>;
  readonly default_renewal_period: Readable<number | null>;
  readonly description: Readable<string | null>;
  readonly display_name: Readable<string>;
  readonly expired_members_collection_link: Readable<string>;
  readonly gpg_keys_collection_link: Readable<string>;
  readonly hide_email_addresses: Readable<boolean>;
  readonly homepage_content: Readable<string | null>;
  readonly id: Readable<number>;
  readonly invited_members_collection_link: Readable<string>;
  readonly irc_nicknames_collection_link: Readable<string>;
  readonly is_probationary: Readable<boolean>;
  readonly is_team: Readable<boolean>;
  readonly is_ubuntu_coc_signer: Readable<boolean>;
  readonly is_valid: Readable<boolean>;
  readonly jabber_ids_collection_link: Readable<string>;
  readonly karma: Readable<number>;
  readonly languages_collection_link: Readable<string>;
  readonly logo_link: Readable<string>;
  readonly mailing_list_auto_subscribe_policy: Readable<'Never subscribe to mailing lists' | 'Ask me when I join a team' | 'Always subscribe me to mailing lists'>;
  readonly members_collection_link: Readable<string>;
  readonly members_details_collection_link: Readable<string>;
  readonly membership_policy: Readable<'Open Team' | 'Delegated Team' | 'Moderated Team' | 'Restricted Team'>;
  readonly memberships_details_collection_link: Readable<string>;
  readonly mugshot_link: Readable<string>;
  readonly name: Readable<string>;
  readonly open_membership_invitations_collection_link: Readable<string>;
  readonly participants_collection_link: Readable<string>;
  readonly ppas_collection_link: Readable<string>;
  readonly preferred_email_address_link: Readable<string | null>;
  readonly private: Readable<boolean>;
  readonly proposed_members_collection_link: Readable<string>;
  readonly recipes_collection_link: Readable<string>;
  readonly renewal_policy: Readable<'invite them to apply for renewal' | 'invite them to renew their own membership'>;
  readonly social_accounts_collection_link: Readable<string>;
  readonly sshkeys_collection_link: Readable<string>;
  readonly sub_teams_collection_link: Readable<string>;
  readonly subscription_policy: Readable<'Open Team' | 'Delegated Team' | 'Moderated Team' | 'Restricted Team'>;
  readonly super_teams_collection_link: Readable<string>;
  readonly team_description: Readable<string | null>;
  readonly team_owner_link: Readable<string | null>;
  readonly time_zone: Readable<string | null>;
  readonly valid_specifications_collection_link: Readable<string>;
  readonly visibility: Readable<'Public' | 'Private'>;
  readonly wiki_names_collection_link: Readable<string>;
  readonly http_etag: string;
}

export interface TeamMembership {
  readonly self_link: string;
  readonly web_link?: Readable<string | null>;
  readonly resource_type_link: string;
  readonly date_expires: Readable<string | null>;
  readonly date_joined: Readable<string | null>;
  readonly last_change_comment: Readable<string | null>;
  readonly last_changed_by_link: Readable<string | null>;
  readonly member_link: Readable<string>;
  readonly status: Readable<'Proposed' | 'Approved' | 'Administrator' | 'Deactivated' | 'Expired' | 'Declined' | 'Invited' | 'Invitation declined'>;
  readonly team_link: Readable<string>;
  readonly http_etag: string;
}

/** Resource types by the name that Launchpad gives them. */
export interface Resources {
  archive: Archive;
  branch: Branch;
  branch_merge_proposal: BranchMergeProposal;
  bug: Bug;
  bug_activity: BugActivity;
  bug_target: BugTarget;
  bug_task: BugTask;
  code_review_comment: CodeReviewComment;
  code_review_vote_reference: CodeReviewVoteReference;
  distribution: Distribution;
  distribution_source_package: DistributionSourcePackage;
  distro_series: DistroSeries;
  git_repository: GitRepository;
  language: Language;
  message: Message;
  milestone: Milestone;
  person: Person;
  pillar: Pillar;
  preview_diff: PreviewDiff;
  project: Project;
  project_group: ProjectGroup;
  project_series: ProjectSeries;
  question: Question;
  question_message: QuestionMessage;
  question_target: QuestionTarget;
  source_package: SourcePackage;
  source_package_publishing_history: SourcePackagePublishingHistory;
  specification: Specification;
  specification_target: SpecificationTarget;
  team: Team;
  team_membership: TeamMembership;
}
