import { describe, expect, it } from '@jest/globals';
import { AppraisalPolicyFault, parseAppraisalPolicy } from '../../../src/attestation/policy-loader.ts';

const nothing = (): Uint8Array => {
  throw new Error('no such file');
};

const parse = (text: string, read: (file: string) => Uint8Array = nothing) =>
  parseAppraisalPolicy(text, 'policy.yaml', read);

const snp = `name: inference
evidence:
  - format: sev-snp
    measurements: { measurement: ['${'AB'.repeat(48)}'] }
`;

const token = (key: string): string =>
  `{ format: jwt, issuer: a, audience: b, facts: { a: ['b'] }, keys: { keys: [${key}] } }`;

describe('parseAppraisalPolicy', () => {
  it('fills in what is usual: roots of the vendor, binding, age', () => {
    const policy = parse(snp);
    expect(policy).toMatchObject({ name: 'inference', validForSeconds: 300 });
    expect(policy.hash).toMatch(/^[0-9a-f]{64}$/);
    const [wanted] = policy.evidence;
    expect(wanted).toMatchObject({
      format: 'sev-snp',
      binding: 'sha256-key-nonce',
      maxAgeSeconds: 300,
      count: 1,
      measurements: { measurement: ['ab'.repeat(48)] },
    });
    expect(wanted?.trust.roots.size).toBe(3);
  });

  it('takes roots that are named in the place of the usual ones', () => {
    const [wanted] = parse(`${snp}    roots: ['${'CD'.repeat(32)}']\n`).evidence;
    expect([...(wanted?.trust.roots ?? [])]).toEqual(['cd'.repeat(32)]);
  });

  it.each([
    ['no YAML', 'name: [', 1],
    ['an unknown member', `${snp}    trusted: true\n`, 5],
    ['an unknown format', snp.replace('sev-snp', 'sgx'), 3],
    ['no measurements', snp.replace(/ {4}measurements.*\n/, ''), 3],
    ['measurements of nothing', snp.replace(/\{ measurement.*/, '{}'), 3],
    ['measurements of what the host chooses', snp.replace('{ measurement:', '{ hostData:'), 3],
    [
      'registers that the program writes',
      'name: n\nevidence:\n  - { format: tdx, measurements: { rtmr3: [a] } }\n',
      3,
    ],
    [
      'registers of the instance',
      'name: n\nevidence:\n  - { format: nitro, measurements: { pcr4: [a] } }\n',
      3,
    ],
    ['a private key', `${snp}  - ${token('{ kty: EC, d: a }')}\n`, 5],
    ['a shared secret', `${snp}  - ${token('{ kty: oct, k: a }')}\n`, 5],
    ['more documents than an endpoint can show', `${snp}    count: 33\n`, 5],
    ['debug that is allowed', `${snp}    flags: { debug: true }\n`, 3],
    ['a format named twice', `${snp}  - format: sev-snp\n    measurements: { measurement: ['00'] }\n`, 3],
    ['a token without issuer', `${snp}  - format: jwt\n`, 5],
    ['a token without keys', `${snp}  - { format: jwt, issuer: a, audience: b, facts: { a: ['b'] } }\n`, 5],
    [
      'a token that may be of any program',
      `${snp}  - { format: jwt, issuer: a, audience: b, keys: { keys: [{}] } }\n`,
      5,
    ],
    ['a GPU alone', 'name: gpu\nevidence:\n  - format: nvidia\n', 3],
    ['a binding that binds no key', `${snp}    binding: nonce-only\n`, 3],
    ['a file that is not there', `${snp}    certificates: [gone.pem]\n`, 3],
    ['an alias', `name: &n inference\nevidence: [{ format: *n }]\n`, 2],
  ])('refuses %s, and says in which line', (_name, text, line) => {
    expect(() => parse(text)).toThrow(AppraisalPolicyFault);
    expect(() => parse(text)).toThrow(`policy.yaml, line ${line}: `);
  });

  it('takes the id of a machine in upper case as well', () => {
    const [wanted] = parse(`${snp}    platforms: ['C0FFEE']\n`).evidence;
    expect(wanted?.platforms).toContain('c0ffee');
  });

  it('says which registers a policy lacks', () => {
    expect(() => parse(snp.replace('{ measurement:', '{ familyId:'))).toThrow(
      'sev-snp without measurements of measurement or idKeyDigest or authorKeyDigest would take every program',
    );
  });

  it('refuses what is no certificate', () => {
    expect(() => parse(`${snp}    certificates: [a.der]\n`, () => Buffer.from('no certificate'))).toThrow(
      'a file that it names cannot be read, or is not what it should be',
    );
  });
});
