import type { Secret, SecretScrubber } from '@tributary/common';
import type { ApiConfig } from '../config.js';
import { isLoopback } from '../plugins/origin-guard.js';
import { apiKeyEntry, newApiKey, parseApiKeys } from './api-keys.js';
import type { AccessControl } from './authenticate.js';
import { AUTH_NOT_CONFIGURED, AUTH_SETTINGS_INVALID } from './errors.js';
import { isTrustworthyUrl } from './oidc/fetch-json.js';
import { createTokenVerifier, type OidcSettings } from './oidc/token-verifier.js';
import { parseRoleMap } from './oidc/role-map.js';

/** A token that is shorter can be guessed. */
const APP_TOKEN_SHORTEST = 16;

export type AccessConfig = Pick<
  ApiConfig,
  'apiHost' | 'apiKeys' | 'appApiToken' | 'oidcIssuer' | 'oidcAudience' | 'oidcRolesClaim' | 'oidcRoleMap' | 'signInLimit'
>;

/**
 * Whom the API knows, by its configuration. Where that names nobody, and only this machine reaches the API, it is one
 * key of role admin that lives as long as the process; `announce` is told of it, once.
 * @throws AUTH_NOT_CONFIGURED, AUTH_KEYS_INVALID, AUTH_SETTINGS_INVALID
 */
export async function openAccess(config: AccessConfig, scrubber: SecretScrubber, announce: (key: string) => void): Promise<AccessControl> {
  const settings = oidcSettings(config);
  const entries = config.apiKeys;
  const appToken = checkedAppToken(config.appApiToken);
  if (appToken) scrubber.add(appToken);
  const known = entries === undefined ? [] : parseApiKeys(entries);
  const apiKeys = known.length === 0 && !settings ? [developmentKey(config.apiHost, scrubber, announce)] : known;
  return { apiKeys, tokens: settings && (await createTokenVerifier(settings)), appToken, signInLimit: config.signInLimit };
}

function developmentKey(host: string, scrubber: SecretScrubber, announce: (key: string) => void) {
  if (!isLoopback(host)) throw AUTH_NOT_CONFIGURED({ host });
  const key = newApiKey();
  scrubber.add(key);
  announce(key);
  return parseApiKeys(apiKeyEntry(key, 'development', 'admin'))[0] as (ReturnType<typeof parseApiKeys>)[number];
}

function oidcSettings({ oidcIssuer: issuer, oidcAudience: audience, oidcRolesClaim: rolesClaim, oidcRoleMap }: AccessConfig): OidcSettings | undefined {
  if (issuer === undefined) return undefined;
  if (!isTrustworthyUrl(issuer)) {
    throw AUTH_SETTINGS_INVALID({ variable: 'TRIBUTARY_OIDC_ISSUER', problem: 'it is no https URL, nor one of this machine', advice: 'Use the https URL that tokens have as "iss".' });
  }
  if (audience === undefined) {
    throw AUTH_SETTINGS_INVALID({
      variable: 'TRIBUTARY_OIDC_AUDIENCE',
      problem: 'it is not set although TRIBUTARY_OIDC_ISSUER is, so that tokens for any other service would open this one',
      advice: 'Set it to what tokens for this API have as "aud".',
    });
  }
  return { issuer, audience, rolesClaim, roleMap: oidcRoleMap === undefined ? undefined : parseRoleMap(oidcRoleMap) };
}

function checkedAppToken(token: Secret | undefined): Secret | undefined {
  if (token && token.reveal().length < APP_TOKEN_SHORTEST) {
    throw AUTH_SETTINGS_INVALID({
      variable: 'APP_API_TOKEN',
      problem: `it is shorter than ${APP_TOKEN_SHORTEST} characters, which can be guessed`,
      advice: 'Set it to a random text, such as `openssl rand -hex 32` prints, for the sidecar and for the API.',
    });
  }
  return token;
}
