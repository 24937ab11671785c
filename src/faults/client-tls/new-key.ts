import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'new-key',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The certificate has a new key',
  about:
    'The client is shown a sound certificate for the right name by the CA that it trusts, with a key that it has never met: a fresh one for each connection. Only a client that pins the key (HPKP style, `--pinnedpubkey`, certificate pinning in apps) refuses.',
  imitates: 'A renewal with a new key that the pins in an app do not know, a second server of the farm with a certificate of its own.',
  params: {},
  example: 'new-key',
  expects: [],
  effects: [
    { client: 'every client that pins nothing', sees: 'Nothing.' },
    { client: 'curl --pinnedpubkey', sees: 'Exit code 90: SSL: public key does not match pinned public key.' },
    { client: 'Node with checkServerIdentity', sees: 'Whatever that function throws.' },
  ],
  refusedBy: noneRefuses,
  rows: ['cert.pin'],
  apply: () => ({ certificate: { newKey: true } }),
});
