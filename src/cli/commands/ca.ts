import type { CommandModule } from 'yargs';
import { Problem } from '../../model/problem.js';
import { caExport } from './ca/export.js';
import { caInstall, caUninstall } from './ca/install.js';
import { caPath } from './ca/path.js';
import { caRotate } from './ca/rotate.js';

export const ca: CommandModule = {
  command: 'ca',
  describe: 'the local certificate authority: where it is, export, install, uninstall, rotate',
  builder: (args) =>
    args
      .command(caPath)
      .command(caExport)
      .command(caInstall)
      .command(caUninstall)
      .command(caRotate)
      .option('ca-dir', { type: 'string', requiresArg: true, describe: "folder of shakedown's own CA (default: in the data folder)" })
      .example('NODE_EXTRA_CA_CERTS=$($0 ca path) node app.js', 'trust for one process')
      .example('$0 ca export --format p12 --out shakedown.p12', 'a trust store for Java')
      .example('$0 ca install --store nss', 'trust for Chromium on Linux; asks first'),
  handler: () => {
    throw new Problem(
      'SHK_USAGE',
      'Say what to do with the authority: path, export, install, uninstall or rotate.',
      'See: shakedown ca --help',
    );
  },
};
