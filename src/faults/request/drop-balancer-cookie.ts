import { fieldValues } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

/** AWS ALB and ELB, Azure, Google, ingress-nginx, Traefik and HAProxy by custom, Apache, F5, Citrix, Kemp, Heroku. */
const known =
  /^(AWSALB|AWSALBCORS|AWSALBTG|AWSALBTGCORS|AWSELB|AWSELBCORS|ARRAffinity|ARRAffinitySameSite|ApplicationGatewayAffinity|ApplicationGatewayAffinityCORS|GCLB|INGRESSCOOKIE|route|SERVERID|SRV|srv_id|sticky|ROUTEID|BIGipServer.*|NSC_.*|heroku-session-affinity)$/;

export const fault = defineFault({
  id: 'drop-balancer-cookie',
  stage: 'request',
  leg: 'server',
  title: "The load balancer's cookie is lost",
  about:
    "Takes the cookies by which load balancers know a client's server out of the Cookie field (those of AWS, Azure, Google, ingress-nginx, HAProxy, Apache, F5, Citrix and Heroku, and the one that `name` gives). All other cookies stay. A balancer then sends the request to any of its servers.",
  imitates:
    'A client that keeps no cookies between its polling or negotiate request and the handshake; a cookie that is blocked as a third party’s, or by SameSite.',
  params: { name: { type: 'string', default: '', about: 'A further cookie, by its whole name.' } },
  example: 'drop-balancer-cookie',
  expects: ['intermediary.sticky-session'],
  effects: [{ client: 'every client', sees: 'Nothing behind a single server; else what `no-sticky` does.' }],
  rows: ['hop.no-sticky'],
  apply: (head, { name }) => {
    const cookies = fieldValues(head, 'cookie')
      .flatMap((value) => value.split(/;\s*/))
      .filter((cookie) => cookie !== '');
    const nameOf = (cookie: string): string => (cookie.split('=', 1)[0] ?? '').trim();
    const kept = cookies.filter((cookie) => !known.test(nameOf(cookie)) && (name === '' || nameOf(cookie) !== name));
    if (kept.length === cookies.length) return undefined;
    const bare = removeField(head.raw, 'Cookie');
    return { raw: kept.length === 0 ? bare : setField(bare, 'Cookie', kept.join('; ')) };
  },
});
