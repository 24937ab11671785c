/** One way to make one kind of client trust the authority; what it can be shown with is data, how it is shown is the reader's matter. */
export interface TrustHelp {
  readonly for: string;
  /** What to do, one sentence. */
  readonly text: string;
  /** An environment variable, a command or a flag to copy, when there is one. */
  readonly example?: string;
}

export interface TrustFacts {
  /** Path of the authority's certificate, PEM. */
  readonly caPath: string;
  readonly leafSpkiPin: string;
}

/** A word of a POSIX shell: single quotes keep everything but themselves. */
const word = (text: string): string => (/^[\w./:=+@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** How common clients are told to trust the authority, without touching the system's trust store. Measured, or by the client's documentation. */
export const trustHelp = ({ caPath, leafSpkiPin }: TrustFacts): readonly TrustHelp[] => {
  const path = word(caPath);
  return [
    {
      for: 'Node',
      text: 'Adds to the built-in roots; read once, when the process starts.',
      example: `NODE_EXTRA_CA_CERTS=${path} node app.js`,
    },
    { for: 'curl', text: 'Replaces the built-in roots for this call.', example: `curl --cacert ${path} https://host/` },
    {
      for: 'Python ssl (websockets, aiohttp)',
      text: "Replaces the system's roots: give it a file with those and this one where other hosts are called as well.",
      example: `SSL_CERT_FILE=${path} python3 app.py`,
    },
    { for: 'Python requests', text: 'Replaces the roots of certifi.', example: `REQUESTS_CA_BUNDLE=${path} python3 app.py` },
    {
      for: 'OpenSSL, Ruby, Go on Linux, .NET on Linux',
      text: "Replaces the system's roots: give it a file with those and this one where other hosts are called as well.",
      example: `SSL_CERT_FILE=${path} ./app`,
    },
    { for: 'Deno', text: 'Adds to the built-in roots.', example: `DENO_CERT=${path} deno run app.ts` },
    { for: 'git', text: 'Replaces the built-in roots for this call.', example: `GIT_SSL_CAINFO=${path} git fetch` },
    {
      for: 'Java',
      text: 'Wants a trust store of its own, then -Djavax.net.ssl.trustStore with its path.',
      example: `keytool -importcert -noprompt -alias shakedown -file ${path} -keystore shakedown.p12 -storepass changeit`,
    },
    {
      for: 'Chromium',
      text: 'Accepts the sound leaves of this run by their key, in a profile of its own.',
      example: `chromium --user-data-dir="$(mktemp -d)" --ignore-certificate-errors-spki-list=${leafSpkiPin}`,
    },
    {
      for: 'Firefox',
      text: 'Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import; or with certutil into a profile of its own.',
      example: `certutil -A -d sql:PROFILE -n shakedown -t C,, -i ${path}`,
    },
  ];
};
