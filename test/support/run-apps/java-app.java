import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** An app with the JDK's own WebSocket, which takes a proxy from its HttpClient only: here the system's, by its default selector. */
public class JavaApp {
    public static void main(String[] urls) throws Exception {
        HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.getDefault()).build();
        for (String url : urls) {
            CompletableFuture<String> echo = new CompletableFuture<>();
            WebSocket socket = client.newWebSocketBuilder().buildAsync(URI.create(url), new WebSocket.Listener() {
                @Override
                public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                    echo.complete(text.toString());
                    return null;
                }
            }).get(10, TimeUnit.SECONDS);
            socket.sendText("java to " + url, true);
            System.out.println("echo " + echo.get(10, TimeUnit.SECONDS));
            socket.sendClose(1000, "").get();
        }
        System.exit(0);
    }
}
