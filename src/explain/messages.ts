import { anything, refused } from './anything.js';
import { readSaid, type Said } from './read-said.js';
import { apple } from './said/apple.js';
import { applications } from './said/applications.js';
import { browsers } from './said/browsers.js';
import { chromium } from './said/chromium.js';
import { cpp } from './said/cpp.js';
import { dotnetOthers } from './said/dotnet-others.js';
import { gateways } from './said/gateways.js';
import { go } from './said/go.js';
import { javaDotnet } from './said/java-dotnet.js';
import { jvmOthers } from './said/jvm-others.js';
import { node } from './said/node.js';
import { nodeOthers } from './said/node-others.js';
import { python } from './said/python.js';
import { pythonOthers } from './said/python-others.js';
import { pythonServers } from './said/python-servers.js';
import { rustCSwift } from './said/rust-c-swift.js';
import { scripting } from './said/scripting.js';
import { servers } from './said/servers.js';
import { shared } from './said/shared.js';
import { systems } from './said/systems.js';

/** Those that were seen to say it come first: `wordsFor` keeps the order. */
const tables = [
  node,
  nodeOthers,
  chromium,
  browsers,
  python,
  pythonOthers,
  go,
  rustCSwift,
  javaDotnet,
  shared,
  servers,
  apple,
  pythonServers,
  cpp,
  jvmOthers,
  dotnetOthers,
  scripting,
  applications,
  systems,
  gateways,
];
const union = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];

/** A text that several clients have stands once. */
const merged = (all: readonly Said[]): readonly Said[] => {
  const byText = new Map<string, Said>();
  for (const said of all) {
    const known = byText.get(said.template.text);
    byText.set(
      said.template.text,
      known
        ? {
            ...known,
            clients: union(known.clients, said.clients),
            sources: union(known.sources, said.sources),
            codes: union(known.codes, said.codes),
            byStatus: known.byStatus || said.byStatus,
            when: known.when === said.when ? known.when : `${known.when}; or ${said.when}`,
          }
        : said,
    );
  }
  return [...byText.values()];
};

/** Every message that explain knows, each once. */
export const messages: readonly Said[] = merged(tables.flatMap((table) => readSaid(table, { anything, refused })));
