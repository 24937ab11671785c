import { field } from '../../model/head.js';
import { removeCookies, removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'lose-cookie',
  stage: 'request',
  leg: 'server',
  title: 'The credentials are lost on the way to the server',
  about:
    'Takes Cookie and Authorization out of the handshake, or only one of them, or only the cookies of some names. The server does not know who asks and answers 401, 403 or a redirect to its login; without the cookie of a load balancer the handshake reaches a server that knows nothing of the session.',
  imitates:
    'A cookie with SameSite=Lax or blocked third-party cookies, a proxy that strips Authorization, a load balancer whose affinity cookie (AWSALB, SERVERID, route) does not come back.',
  params: {
    what: { type: 'string', default: 'both', choices: ['both', 'cookie', 'authorization'], about: 'Which of the two fields goes.' },
    names: {
      type: 'string',
      default: '',
      about: 'Only the cookies of these names, separated by spaces: `AWSALB AWSALBCORS`; Authorization stays then. All when empty.',
    },
  },
  example: 'lose-cookie',
  expects: ['origin.credentials-missing', 'server.auth', 'intermediary.sticky-session'],
  effects: refusedEffects,
  rows: ['origin.strip-cookie', 'hop.no-sticky'],
  apply: (head, { what, names }) => {
    if (names !== '') {
      const raw = removeCookies(head.raw, names.split(/\s+/));
      return raw === head.raw ? undefined : { raw };
    }
    const fields = ['Cookie', 'Authorization'].filter((name) => what === 'both' || name.toLowerCase() === what);
    const present = fields.filter((name) => field(head, name) !== undefined);
    return present.length === 0 ? undefined : { raw: present.reduce(removeField, head.raw) };
  },
});
