import type { Grounds } from '../grounds.js';

/** One Java file whose main takes the port. */
export const startJava = async (grounds: Grounds, source: string): Promise<number> => {
  const port = await grounds.freePort();
  await grounds.run(grounds.program('java'), [grounds.file('Main.java', source), String(port)], { port });
  return port;
};

/** The JDK's own http server with one context. */
export const jdkServer = (context: string, answer: string): string => `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class Main {
  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.createContext("${context}", (exchange) -> {
      ${answer}
      exchange.close();
    });
    server.start();
  }
}
`;
