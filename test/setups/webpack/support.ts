import type { Grounds } from '../grounds.js';
import { runModule } from '../node-server.js';

/** webpack-dev-server with these options; gives its port. */
export const startWebpack = (grounds: Grounds, options: string): Promise<number> => {
  grounds.file('src/index.js', 'console.log(1);\n');
  return runModule(
    grounds,
    `import webpack from 'webpack';
import WebpackDevServer from 'webpack-dev-server';
const compiler = webpack({ mode: 'development', devtool: false, context: import.meta.dirname, infrastructureLogging: { level: 'none' } });
await new WebpackDevServer({ ${['port: PORT', "host: '127.0.0.1'", 'open: false', options].filter(Boolean).join(', ')} }, compiler).start();
`,
  );
};
