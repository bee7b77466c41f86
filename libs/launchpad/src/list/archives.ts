import type { PackageUploadFields } from '@tributary/transformers/launchpad';
import { isFrom, latest } from '../times.js';
import { fields, linkIn, textOf } from '../source/fields.js';
import { behalfOf, behalfPayload, includes } from '../source/payload.js';
import type { Reader, Visited } from '../source/reading.js';
import { readKeyset } from './keyset-listing.js';
import { clockPayload, lookBack } from './look-back.js';
import { readStable } from './stable-listing.js';

const UPLOAD_FIELDS = [
  'self_link',
  'date_created',
  'date_published',
  'source_package_name',
  'source_package_version',
  'status',
  'pocket',
  'component_name',
  'section_name',
  'distro_series_link',
  'archive_link',
  'copied_from_archive_link',
  'creator_link',
  'sponsor_link',
  'package_creator_link',
  'package_signer_link',
  'package_maintainer_link',
] as const;

/** Archives of a person, a team or a distribution. */
export const readArchives: Reader = (reading, cursor) => {
  const { launchpad, unit } = reading;
  const behalf = behalfPayload(behalfOf(unit.payload));
  return readStable(reading, cursor, {
    pages: (options) => launchpad.collection('archive', linkIn(unit.payload, 'link'), options),
    discover: (archives) =>
      archives.map(({ self_link: link }) => {
        const key = `uploads:${link.slice(launchpad.root.length)}`;
        return { key, stage: 'list', kind: 'uploads', payload: { ...behalf, ...clockPayload(launchpad), link }, subjects: unit.subjects, mark: key };
      }),
  });
};

/** Source packages that came into an archive. */
export const readUploads: Reader = async (reading, cursor) => {
  const { launchpad, unit, context } = reading;
  const { window, since } = context;
  const from = latest([window.start, lookBack(since, unit)]) ?? window.start;
  const page = await readKeyset(reading, cursor, {
    direction: 'ascending',
    pages: (bound = from, options) =>
      launchpad.operation('archive.getPublishedSources', linkIn(unit.payload, 'link'), { created_since_date: bound, order_by_date_ascending: true }, options),
  });
  const all = includes(behalfOf(unit.payload), undefined);
  const records = page.entries.map(
    (entry): Visited => ({ record: { kind: 'package_upload', upload: fields<PackageUploadFields>(entry, UPLOAD_FIELDS) }, anonymous: all }),
  );
  return { records, cursor: page.entries.some(({ date_created: created }) => isFrom(textOf(created), window.end)) ? undefined : page.cursor };
};
