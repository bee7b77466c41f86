import fc from 'fast-check';
import { Secret, SecretScrubber } from './index.js';
import { wellFormed } from './utf8.js';

const scrubberOf = (...secrets: string[]): SecretScrubber => {
  const scrubber = new SecretScrubber();
  for (const secret of secrets) scrubber.add(new Secret(secret));
  return scrubber;
};

describe('SecretScrubber', () => {
  const value = fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }).map(wellFormed).filter((text) => text.trim().length >= 4);
  // Letters only: what stands around a secret must not itself look like one of its forms.
  const around = fc.string({ unit: fc.constantFrom('«', '»'), maxLength: 5 });

  it.each([
    ['plain', (secret: string) => secret],
    ['URL-encoded', (secret: string) => encodeURIComponent(secret)],
    ['form-encoded', (secret: string) => new URLSearchParams({ k: secret }).toString().slice(2)],
    ['JSON', (secret: string) => JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', (secret: string) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ])('finds any secret %s, anywhere in a text', (_, encode) => {
    fc.assert(
      fc.property(value, around, around, (secret, before, after) => {
        expect(scrubberOf(secret).scrub(`${before}${encode(secret)}${after}`)).toBe(`${before}[secret]${after}`);
      }),
    );
  });

  it('finds any secret in base64 of a text that holds it, at every alignment and in both alphabets', () => {
    fc.assert(
      fc.property(value, fc.string({ maxLength: 7 }), fc.string({ maxLength: 7 }), (secret, before, after) => {
        const bytes = Buffer.from(`${before}${secret}${after}`);
        for (const encoding of ['base64', 'base64url'] as const) expect(scrubberOf(secret).scrub(bytes.toString(encoding))).toContain('[secret]');
      }),
    );
  });

  it('leaves no more of a secret in base64 than the bits that it shares with its neighbours', () => {
    const text = Buffer.from('user:correct horse battery staple!').toString('base64');
    const scrubbed = scrubberOf('correct horse battery staple').scrub(text);
    expect(Buffer.from(scrubbed.replace('[secret]', ''), 'base64').toString('latin1')).not.toMatch(/corr|horse|staple/);
  });

  it('takes out user and password of any URL, registered or not, and nothing of other URLs', () => {
    const { scrub } = { scrub: (text: string) => new SecretScrubber().scrub(text) };
    expect(scrub('open postgres://reader:p@ss/word@db:5432/x?y=1 failed')).toBe('open postgres://[secret]@db:5432/x?y=1 failed');
    expect(scrub('https://ghp_token@github.com/a')).toBe('https://[secret]@github.com/a');
    for (const url of ['http://127.0.0.1:4873/@scope/name', 'https://example.com/a@b', 'mail a@b.example', 'secret://local/pg#password']) {
      expect(scrub(url)).toBe(url);
    }
  });

  it('takes out keys of the API and signed tokens, known or not', () => {
    const { scrub } = { scrub: (text: string) => new SecretScrubber().scrub(text) };
    const key = `trib_${'aB-_'.repeat(10)}xyz`;
    const token = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('{"sub":"me"}').toString('base64url')}.c2lnbmF0dXJl`;
    expect(scrub(`/v1/runs/${key}/cancel by ${token}, "${token}"`)).toBe('/v1/runs/[secret]/cancel by [secret], "[secret]"');
    for (const text of [`trib_${'a'.repeat(42)}`, `trib_${'a'.repeat(44)}`, 'eyJhbGciOiJub25lIn0', 'a.eyJ.b']) expect(scrub(text)).toBe(text);
  });

  it('takes out what a connection string sets as password', () => {
    expect(new SecretScrubber().scrub('host=db password=hunter2 user=x')).toBe('host=db password=[secret] user=x');
  });

  it('finds the password within a secret that is a URL', () => {
    expect(scrubberOf('postgres://u:p%40ssw0rd@h/d').scrub('password p@ssw0rd was refused')).toBe('password [secret] was refused');
  });

  it('finds a secret without the line break that its file ended with', () => {
    expect(scrubberOf('hunter2\n').scrub('login hunter2 refused')).toBe('login [secret] refused');
  });

  it('does not search for values below four characters', () => {
    expect(scrubberOf('abc').scrub('abc')).toBe('abc');
  });

  it('prefers the longer of two secrets that start alike', () => {
    expect(scrubberOf('hunter', 'hunter2').scrub('hunter2 hunter')).toBe('[secret] [secret]');
  });

  it('forgets a released secret, but not while another registration or the minute after lasts', () => {
    jest.useFakeTimers();
    try {
      const scrubber = new SecretScrubber();
      const first = scrubber.add('hunter2');
      const second = scrubber.add('hunter2');
      first();
      first();
      jest.advanceTimersByTime(61_000);
      scrubber.add('other1');
      expect(scrubber.scrub('hunter2')).toBe('[secret]');
      second();
      scrubber.add('other2');
      expect(scrubber.scrub('hunter2')).toBe('[secret]');
      jest.advanceTimersByTime(61_000);
      scrubber.add('other3');
      expect(scrubber.scrub('hunter2')).toBe('hunter2');
    } finally {
      jest.useRealTimers();
    }
  });

  it('takes time in proportion to the text', () => {
    const text = 'a.b-c+'.repeat(20_000) + '://x:'.repeat(20_000);
    const started = performance.now();
    expect(scrubberOf('hunter2').scrub(text)).toHaveLength(text.length);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
