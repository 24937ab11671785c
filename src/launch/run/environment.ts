/** What a launched command is told, and where the files for it lie. */
export interface LaunchFacts {
  /** `http://127.0.0.1:41234`. */
  readonly proxy: string;
  /** The authority's own certificate, PEM. */
  readonly ca: string;
  /** What the command trusts without shakedown and the authority, in one PEM file: for variables that replace. */
  readonly bundle: string;
  /** What an inherited NODE_EXTRA_CA_CERTS names and the authority: for variables that add. */
  readonly extra: string;
  /** The same as `bundle` as a Java key store of type JKS, password `changeit`. */
  readonly javaStore: string;
  /** The compiled preload for Node. */
  readonly preload: string;
  /** Where the preload tells what it left alone, one JSON object a line. */
  readonly notes: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that name a file of roots which stands in place of the client's own. */
export const replacingVariables = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'AWS_CA_BUNDLE',
  'PIP_CERT',
  'CARGO_HTTP_CAINFO',
  'HTTPLIB2_CA_CERTS',
  'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
  'NIX_SSL_CERT_FILE',
  'CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE',
] as const;

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'WS_PROXY', 'WSS_PROXY'];

/**
 * The environment of a launched command: the inherited one, with every variable that the common runtimes read for their proxy and their roots.
 * Which client reads which: docs/guides/run.md.
 */
export const commandEnvironment = (inherited: Environment, facts: LaunchFacts): Environment => ({
  ...inherited,
  ...Object.fromEntries(proxyVariables.flatMap((name) => [name, name.toLowerCase()].map((spelt) => [spelt, facts.proxy]))),
  NO_PROXY: '',
  // Python's websocket-client takes an empty list for its own default, which leaves out localhost and 127.0.0.1: a name that no host has.
  no_proxy: 'none.invalid',
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: facts.extra,
  NODE_OPTIONS: joined(inherited.NODE_OPTIONS, `--require=${nodeWord(facts.preload)}`),
  ...Object.fromEntries(replacingVariables.map((name) => [name, facts.bundle])),
  DENO_CERT: facts.ca,
  JAVA_TOOL_OPTIONS: joined(inherited.JAVA_TOOL_OPTIONS, javaOptions(facts).map(javaWord).join(' ')),
  // A password of the port's is no business of the command's.
  SHAKEDOWN_PROXY_AUTH: undefined,
  SHAKEDOWN_PROXY: facts.proxy,
  SHAKEDOWN_CA: facts.ca,
  SHAKEDOWN_NOTES: facts.notes,
});

const joined = (before: string | undefined, ours: string): string => (before?.trim() ? `${before} ${ours}` : ours);

/** NODE_OPTIONS is split at spaces; inside double quotes a backslash escapes. */
const nodeWord = (path: string): string => (/[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path);

/** JAVA_TOOL_OPTIONS is split at white space and takes quotes of both kinds, without escapes. */
const javaWord = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);

const javaOptions = ({ proxy, javaStore }: LaunchFacts): readonly string[] => {
  const { hostname, port } = new URL(proxy);
  const host = hostname.replace(/^\[|\]$/g, '');
  return [
    `-Dhttp.proxyHost=${host}`,
    `-Dhttp.proxyPort=${port}`,
    `-Dhttps.proxyHost=${host}`,
    `-Dhttps.proxyPort=${port}`,
    // Empty, since the default leaves out localhost and 127.*.
    '-Dhttp.nonProxyHosts=',
    `-Djavax.net.ssl.trustStore=${javaStore}`,
    '-Djavax.net.ssl.trustStoreType=JKS',
    '-Djavax.net.ssl.trustStorePassword=changeit',
  ];
};
