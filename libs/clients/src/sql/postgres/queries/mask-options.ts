const CREDENTIAL = /pass|pwd|secret|token|credential|auth|private|key|user/i;
// Options whose values name columns, not credentials.
const HARMLESS = new Set(['key', 'keys', 'primary_key', 'key_columns', 'rowkey', 'partition_key']);

/** Masks the values of `name=value` options that may hold credentials, and userinfo in addresses. */
export function maskOptions(options: readonly string[]): string[] {
  return options.map((option) => {
    const equals = option.indexOf('=');
    const name = option.slice(0, equals);
    if (CREDENTIAL.test(name) && !HARMLESS.has(name.toLowerCase())) return `${name}=***`;
    return option.replace(/\/\/[^/@\s]*@/g, '//***@').replace(/\b(password|passwd|pwd|secret|token)\s*=\s*('[^']*'|[^\s&;]+)/gi, '$1=***');
  });
}
