import { base64url, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload } from 'jose';
import { signingCertificate, signingKey, signingKeyId } from './signing-key.ts';

interface Key {
  id: string;
  private: CryptoKey;
  public: JWK;
}

let fixedKey: Promise<Key> | undefined;

/** The committed key, imported once a process however many mocks there are. */
function importFixedKey(): Promise<Key> {
  fixedKey ??= importJWK(signingKey, 'RS256').then((key) => ({
    id: signingKeyId,
    private: key as CryptoKey,
    public: { kty: signingKey.kty, n: signingKey.n, e: signingKey.e, ...signingCertificate },
  }));
  return fixedKey;
}

/** Signs access tokens and publishes the keys to verify them with. */
export class TokenSigner {
  #keys: Promise<Key>[] = [];

  constructor() {
    this.reset();
  }

  /** Back to the one committed key. */
  reset(): void {
    this.#keys = [importFixedKey()];
  }

  /** Signs with a new key from now on; the ones before stay in the JWKS, as WorkOS keeps them. */
  async rotate(): Promise<string> {
    const key = generateKeyPair('RS256', { extractable: true }).then(async (pair) => ({
      id: `sso_oidc_key_pair_${crypto.randomUUID()}`,
      private: pair.privateKey,
      public: await exportJWK(pair.publicKey),
    }));
    const { id } = await key;
    this.#keys.unshift(key);
    return id;
  }

  /**
   * Signs claims as an RS256 JWT.
   *
   * @param claims The whole payload; `iat` and `exp` in seconds since 1970.
   */
  async sign(claims: JWTPayload): Promise<string> {
    const key = await this.#keys[0]!;
    // The compact form of RFC 7515 by hand: every sign-in and every refresh waits for it.
    const header = base64url.encode(JSON.stringify({ alg: 'RS256', kid: key.id, typ: 'JWT' }));
    const input = `${header}.${base64url.encode(JSON.stringify(claims))}`;
    const bytes = new TextEncoder().encode(input);
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key.private, bytes);
    return `${input}.${base64url.encode(new Uint8Array(signature))}`;
  }

  /** The JSON Web Key Set, newest key first. */
  async jwks(): Promise<{ keys: JWK[] }> {
    const keys = await Promise.all(this.#keys);
    return {
      keys: await Promise.all(
        keys.map(async (key) => ({ alg: 'RS256', use: 'sig', kid: key.id, ...key.public })),
      ),
    };
  }
}
