import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from './draft.js';
import type { PackageUploadRecord } from './records/index.js';

/** `package.uploaded`, or `package.copied` when it came out of another archive. */
export function packageUploadEvents({ upload }: PackageUploadRecord): readonly EventDraft[] {
  const number = checked('a package upload').number('self_link', upload.self_link, '+sourcepub');
  const check = checked(`package-upload-${number}`);
  const archive = check.path('archive_link', upload.archive_link);
  const origin = check.path('copied_from_archive_link', upload.copied_from_archive_link);
  const series = check.path('distro_series_link', upload.distro_series_link);
  const signer = check.person('package_signer_link', upload.package_signer_link);
  const creator = check.person('package_creator_link', upload.package_creator_link);
  const sponsor = check.person('sponsor_link', upload.sponsor_link);
  const copier = check.person('creator_link', upload.creator_link);
  return [
    check.event({
      type: origin == null ? 'package.uploaded' : 'package.copied',
      id: `package-upload-${number}`,
      parentId: `package-${upload.source_package_name}`,
      time: check.time('date_created', upload.date_created ?? upload.date_published),
      actor: origin == null ? (signer ?? creator) : (sponsor ?? copier),
      properties: {
        package: upload.source_package_name,
        version: upload.source_package_version,
        archive: archive && archive.path,
        series: series && series.path,
        pocket: upload.pocket,
        component: upload.component_name,
        section: upload.section_name,
        status: upload.status,
        copied_from: origin?.path,
      },
      people: {
        archive_owner: archive?.owner ?? null,
        creator,
        signer,
        sponsor,
        copier,
        maintainer: check.person('package_maintainer_link', upload.package_maintainer_link),
      },
    }),
  ];
}
