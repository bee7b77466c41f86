import { isCodedError } from '@tributary/common';
import type * as Jose from 'jose';
import { AUTH_INVALID } from '../errors.js';
import type { Identity } from '../identity.js';
import { roleOfClaims, type RoleSettings } from './role-of-claims.js';
import { SigningKeys } from './signing-keys.js';

/** Signatures by a private key alone: with a shared secret whoever verifies a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Clocks differ. */
const LEEWAY_SECONDS = 30;
const NAME_MAX = 255;

export interface OidcSettings extends RoleSettings {
  readonly issuer: string;
  readonly audience: string;
}

/** Verifies tokens of one issuer. */
export interface TokenVerifier {
  /**
   * Whom a token was made for.
   * @throws AUTH_INVALID, or AUTH_ISSUER_UNAVAILABLE when its signature cannot be checked now
   */
  verify(token: string): Promise<Identity>;
}

/** A verifier of tokens, which fetches the issuer's keys when the first token comes. `now`: for tests. */
export async function createTokenVerifier(settings: OidcSettings, now?: () => number): Promise<TokenVerifier> {
  // A package of ES modules: loaded where tokens are used, and not by all that load the API.
  const jose = await import('jose');
  const keys = new SigningKeys({ issuer: settings.issuer, jose, ...(now && { now }) });
  return {
    async verify(token) {
      try {
        const { payload } = await jose.jwtVerify(token, (header, input) => keys.find(header, input), {
          issuer: settings.issuer,
          audience: settings.audience,
          algorithms: ALGORITHMS,
          clockTolerance: LEEWAY_SECONDS,
          requiredClaims: ['exp', 'sub'],
        });
        return { kind: 'oidc', name: (payload.sub ?? '').slice(0, NAME_MAX), role: roleOfClaims(payload, settings) };
      } catch (error) {
        if (isCodedError(error)) throw error;
        throw AUTH_INVALID({ problem: problemOf(error, jose) }, { cause: error });
      }
    },
  };
}

/** Why a token is refused, out of words of ours: those of the library may quote it. */
function problemOf(error: unknown, { errors }: typeof Jose): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${CLAIMS[error.claim] ?? 'set is not as it must be'}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return `its algorithm is none of ${ALGORITHMS.join(', ')}`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer publishes no key that it is signed with';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  return 'it is neither an API key nor a well-formed token';
}

const CLAIMS: Readonly<Record<string, string>> = {
  aud: 'aud names another audience',
  iss: 'iss names another issuer',
  nbf: 'nbf is in the future',
  exp: 'exp is missing',
  sub: 'sub is missing',
};
