const NOTHING = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Our own files and nothing inline; data: for the outlines that style sheets hold. */
const OWN_FILES = {
  ...NOTHING,
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
};

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** Content security policies of what is served. The dashboard, which holds a key, must not even make HTML of texts. */
export const PAGE_POLICIES = {
  dashboard: policy({ ...OWN_FILES, 'require-trusted-types-for': "'script'", 'trusted-types': "'none'" }),
  docs: policy(OWN_FILES),
  notice: policy(NOTHING),
};
