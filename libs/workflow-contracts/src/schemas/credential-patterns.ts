import { isSecretRef } from '@tributary/common';

/** Last words of names under which credentials are kept: `password`, `clientSecret`, `api_key`. */
const CREDENTIAL_NAMES = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'pass',
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials',
  'authorization',
  'bearer',
  'apikey',
  'secretkey',
  'accesskey',
  'accesskeyid',
  'privatekey',
  'encryptionkey',
  'pgpassword',
];

/** Shapes that nothing but a credential has. Repetitions before a required character are bounded: texts are hostile. */
const CREDENTIAL_SHAPES = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  // user:password@ of a URL, the password with any characters; a port before the path is no password
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:]{0,512}:(?!\d+[/?#])[^\s@]{1,512}@/i,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:]{1,512}@/i,
  /\b(?:password|passwd|pwd|secret|token|api_?key)\s*=\s*(?!secret:\/\/)[^\s;&]/i,
  /\bBearer\s+[A-Za-z0-9._~+/-]{16,}/i,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[oprsu]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bpypi-[A-Za-z0-9_-]{40,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\bhv[bsr]\.[A-Za-z0-9_-]{20,}/,
  /\bdop_v1_[a-f0-9]{64}\b/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\btrib_[A-Za-z0-9_-]{43}/,
  /\beyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10,4096}\./,
];

/** Whether a property of this name is where a credential would be put. */
export function isCredentialName(name: string): boolean {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  // The token of a list's next page opens nothing.
  if (bare.endsWith('pagetoken')) return false;
  return CREDENTIAL_NAMES.some((word) => bare === word || (word.length > 4 && bare.endsWith(word)));
}

/** Whether a text has the shape of a credential, wherever it stands. */
export function isCredentialShape(text: string): boolean {
  return !isSecretRef(text) && CREDENTIAL_SHAPES.some((shape) => shape.test(text));
}
