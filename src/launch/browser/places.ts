import { posix, win32 } from 'node:path';

export const browserNames = ['chrome', 'chromium', 'edge', 'firefox'] as const;
export type BrowserName = (typeof browserNames)[number];

/** Who understands which arguments: everything that is built from Chromium takes the same ones. */
export type Family = 'chromium' | 'firefox';

/** What of the machine decides where browsers are. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

interface Product {
  readonly title: string;
  readonly family: Family;
  /** Names of the program on PATH, the likeliest first. */
  readonly commands: readonly string[];
  /** Linux: where the maker's own package or archive puts it. */
  readonly files: readonly string[];
  readonly snap: string | null;
  readonly flatpak: string | null;
  /** macOS: below an Applications folder. */
  readonly app: string;
  /** Windows: below Program Files or the user's AppData\Local. */
  readonly exe: string;
  /** How one gets it, as the end of a sentence. */
  readonly install: string;
}

export const products: Readonly<Record<BrowserName, Product>> = {
  chrome: {
    title: 'Google Chrome',
    family: 'chromium',
    commands: ['google-chrome', 'google-chrome-stable', 'chrome'],
    files: ['/opt/google/chrome/chrome'],
    snap: null,
    flatpak: 'com.google.Chrome',
    app: 'Google Chrome.app/Contents/MacOS/Google Chrome',
    exe: 'Google\\Chrome\\Application\\chrome.exe',
    install: 'Google Chrome from google.com/chrome',
  },
  chromium: {
    title: 'Chromium',
    family: 'chromium',
    commands: ['chromium', 'chromium-browser'],
    files: ['/usr/lib/chromium/chromium', '/usr/lib64/chromium-browser/chromium-browser'],
    snap: 'chromium',
    flatpak: 'org.chromium.Chromium',
    app: 'Chromium.app/Contents/MacOS/Chromium',
    exe: 'Chromium\\Application\\chrome.exe',
    install: "Chromium from your system's packages (Debian: `apt install chromium`)",
  },
  edge: {
    title: 'Microsoft Edge',
    family: 'chromium',
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    files: ['/opt/microsoft/msedge/msedge'],
    snap: null,
    flatpak: 'com.microsoft.Edge',
    app: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    exe: 'Microsoft\\Edge\\Application\\msedge.exe',
    install: 'Microsoft Edge from microsoft.com/edge',
  },
  firefox: {
    title: 'Firefox',
    family: 'firefox',
    commands: ['firefox', 'firefox-esr'],
    files: ['/opt/firefox/firefox', '/usr/lib/firefox/firefox'],
    snap: 'firefox',
    flatpak: 'org.mozilla.firefox',
    app: 'Firefox.app/Contents/MacOS/firefox',
    exe: 'Mozilla Firefox\\firefox.exe',
    install: "Firefox from your system's packages (Debian: `apt install firefox-esr`) or from mozilla.org",
  },
};

/** A program that may be the browser. `parent` is where its profile must lie when the browser cannot see the system's temp folder. */
export interface Place {
  readonly path: string;
  readonly parent: string | null;
}

/** Where a browser may be, the likeliest first; pure, nothing is looked at. */
export const placesOf = (name: BrowserName, { platform, env, home }: Machine): readonly Place[] => {
  const product = products[name];
  const plain = (path: string): Place => ({ path, parent: null });
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined && root !== '');
    return unique(roots.map((root) => plain(win32.join(root ?? '', product.exe))));
  }
  if (platform === 'darwin') return ['/Applications', posix.join(home, 'Applications')].map((root) => plain(posix.join(root, product.app)));
  // A relative folder on PATH would start whatever lies in the working folder.
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/') && folder !== snapFolder);
  const { snap, flatpak } = product;
  // Confined browsers have a /tmp of their own. A snap may use its common folder, an app of Flatpak its own below ~/.var/app.
  const snaps = snap === null ? [] : [{ path: posix.join(snapFolder, snap), parent: posix.join(home, 'snap', snap, 'common') }];
  const exports = ['/var/lib/flatpak/exports/bin', posix.join(home, '.local/share/flatpak/exports/bin')];
  return unique([
    // Before PATH: Ubuntu's /usr/bin/firefox and /usr/bin/chromium-browser are scripts that start the snap.
    ...snaps,
    ...product.commands.flatMap((command) =>
      [...folders, '/usr/bin', '/usr/local/bin'].map((folder) => plain(posix.join(folder, command))),
    ),
    ...product.files.map(plain),
    ...(flatpak === null
      ? []
      : exports.map((folder) => ({ path: posix.join(folder, flatpak), parent: posix.join(home, '.var/app', flatpak, 'cache') }))),
  ]);
};

const snapFolder = '/snap/bin';

const unique = (places: readonly Place[]): readonly Place[] => [...new Map(places.map((place) => [place.path, place])).values()];
