/** What a client is set up with; null leaves out what is not known where the help is shown. */
export interface SetupFacts {
  /** `http://127.0.0.1:8101`. */
  readonly proxy: string;
  /** Path of the authority's certificate, PEM. */
  readonly caPath: string | null;
  /** Pin of the key of this run's sound leaves, for Chromium's flag. */
  readonly leafSpkiPin: string | null;
}

/** How one kind of client is led through the proxy and told to trust the authority, without touching the system's trust store. */
export interface ClientSetup {
  readonly client: string;
  /** What leads it here; a sentence, code between backquotes. */
  readonly point: string;
  /** What makes it trust the authority, likewise. */
  readonly trust: string;
  /** Lines to copy that do both, as far as lines can. */
  readonly example: readonly string[];
  /** Whether it was run, with the versions that docs/guides/pointing-an-app.md names. */
  readonly ran: boolean;
  /** Stands in the terminal's short help, under this label. */
  readonly brief?: string;
}

/** A word of a POSIX shell: single quotes keep everything but themselves. */
export const shellWord = (text: string): string => (/^[\w./:=+@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const given = (...lines: readonly (string | null)[]): readonly string[] => lines.filter((line) => line !== null);

/** The one table of clients: the landing page, the terminal and the guide are made from it. */
export const clientSetups = ({ proxy, caPath, leafSpkiPin }: SetupFacts): readonly ClientSetup[] => {
  const ca = caPath === null ? null : shellWord(caPath);
  const { hostname, port } = new URL(proxy);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  /** A command with the variable that names the authority before it. */
  const trusting = (variable: string, command: string): string => (ca === null ? command : `${variable}=${ca} ${command}`);
  return [
    {
      client: 'curl',
      brief: 'curl 8.11+',
      point: '`--proxy`, or `https_proxy` and `http_proxy`. Before 8.11 it has no `wss`; `https` works with all.',
      trust: '`--cacert`, in place of the built-in roots.',
      example: [`curl --proxy ${proxy}${ca === null ? '' : ` --cacert ${ca}`} wss://HOST/PATH`],
      ran: true,
    },
    {
      client: 'Chromium',
      brief: 'Chromium',
      // Chromium never proxies loopback hosts unless told so; the CA goes into a throw-away profile's settings.
      point: "`--proxy-server`, in a profile of its own; `--proxy-bypass-list='<-loopback>'` makes it proxy loopback hosts as well.",
      trust: 'By the pin of the key, which is another one with each start; or on Linux `shakedown ca install --store nss`.',
      example: [
        `chromium --user-data-dir=/tmp/shakedown-profile --proxy-server=${proxy} --proxy-bypass-list='<-loopback>'${leafSpkiPin === null ? '' : ` --ignore-certificate-errors-spki-list=${leafSpkiPin}`}`,
      ],
      ran: true,
    },
    {
      client: 'Firefox',
      point:
        'Settings, Network Settings: this address as HTTP and HTTPS proxy. `network.proxy.allow_hijacking_localhost` makes it proxy loopback hosts as well.',
      trust: 'Settings, Certificates, Authorities, Import; or `certutil` into a profile of its own.',
      example: given(ca && `certutil -A -d sql:PROFILE -n shakedown -t C,, -i ${ca}`),
      ran: true,
    },
    {
      client: 'Node, ws',
      brief: 'Node, ws',
      // ws ignores HTTPS_PROXY.
      point: 'An agent (package `https-proxy-agent`); it reads no variable.',
      trust: '`NODE_EXTRA_CA_CERTS`, added to the built-in roots; read once, when the process starts.',
      example: given(
        `new WebSocket(url, { agent: new HttpsProxyAgent('${proxy}') })`,
        ca && trusting('NODE_EXTRA_CA_CERTS', 'node app.js'),
      ),
      ran: true,
    },
    {
      client: 'Node, undici and the global WebSocket',
      point: 'A dispatcher (package `undici`), also from a file that `--import` loads before the app.',
      trust: '`NODE_EXTRA_CA_CERTS`, added to the built-in roots.',
      example: given(`setGlobalDispatcher(new ProxyAgent('${proxy}'))`, ca && trusting('NODE_EXTRA_CA_CERTS', 'node app.js')),
      ran: true,
    },
    {
      client: 'Python, aiohttp',
      point: 'The argument `proxy`.',
      trust: "`SSL_CERT_FILE`, in place of the system's roots: a file with those and ours where other hosts are called as well.",
      example: given(`session.ws_connect(url, proxy="${proxy}")`, ca && trusting('SSL_CERT_FILE', 'python3 app.py')),
      ran: true,
    },
    {
      client: 'Python, websocket-client',
      point:
        'Its arguments, or `http_proxy` and `https_proxy`. It skips `localhost` and `127.0.0.1` unless its exceptions name something else.',
      trust: "`SSL_CERT_FILE`, in place of the system's roots.",
      example: given(
        `websocket.create_connection(url, http_proxy_host="${host}", http_proxy_port=${port || 80}, proxy_type="http", http_no_proxy=["none.invalid"])`,
        ca && trusting('SSL_CERT_FILE', 'python3 app.py'),
      ),
      ran: true,
    },
    {
      client: 'Python, requests',
      point: '`HTTP_PROXY` and `HTTPS_PROXY`.',
      trust: '`REQUESTS_CA_BUNDLE`, in place of the roots of certifi.',
      example: [`HTTPS_PROXY=${proxy} ${trusting('REQUESTS_CA_BUNDLE', 'python3 app.py')}`],
      ran: false,
    },
    {
      client: 'Go, gorilla/websocket',
      point: "The dialer's `Proxy`; its default reads `HTTPS_PROXY` and never proxies `localhost` and `127.0.0.1`.",
      trust: "`SSL_CERT_FILE` on Linux, in place of the system's roots.",
      example: given(
        `websocket.Dialer{Proxy: http.ProxyURL(proxy)} // proxy, _ := url.Parse("${proxy}")`,
        ca && trusting('SSL_CERT_FILE', './app'),
      ),
      ran: true,
    },
    {
      client: 'Java, java.net.http',
      point: "The `HttpClient`'s `proxy`.",
      trust: 'A trust store, which `shakedown ca export` writes, named by two properties.',
      example: [
        `HttpClient.newBuilder().proxy(ProxySelector.of(new InetSocketAddress("${host}", ${port || 80})))`,
        'shakedown ca export --format p12 --out shakedown.p12',
        'java -Djavax.net.ssl.trustStore=shakedown.p12 -Djavax.net.ssl.trustStorePassword=changeit App.java',
      ],
      ran: true,
    },
    {
      client: '.NET on Linux',
      point: '`HTTP_PROXY` and `HTTPS_PROXY`.',
      trust: "`SSL_CERT_FILE`, in place of the system's roots.",
      example: [`HTTPS_PROXY=${proxy} ${trusting('SSL_CERT_FILE', 'dotnet run')}`],
      ran: false,
    },
    {
      client: 'Deno',
      point: '`HTTP_PROXY` and `HTTPS_PROXY`.',
      trust: '`DENO_CERT`, added to the built-in roots.',
      example: [`HTTPS_PROXY=${proxy} ${trusting('DENO_CERT', 'deno run app.ts')}`],
      ran: false,
    },
    {
      client: 'Ruby, Net::HTTP',
      point: '`http_proxy`, also for `https`.',
      trust: "`SSL_CERT_FILE`, in place of the system's roots.",
      example: [`http_proxy=${proxy} ${trusting('SSL_CERT_FILE', 'ruby app.rb')}`],
      ran: false,
    },
    {
      client: 'git',
      point: '`http.proxy`.',
      trust: '`http.sslCAInfo`, in place of the built-in roots.',
      example: [`git -c http.proxy=${proxy}${ca === null ? '' : ` -c http.sslCAInfo=${ca}`} fetch`],
      ran: true,
    },
  ];
};
