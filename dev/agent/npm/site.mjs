// An agent on ngrok's SDK for Node.js: node site.mjs HOST:PORT AUTHORITY.pem URL UPSTREAM [http2], with
// NGROK_AUTHTOKEN. With http2 it asks the platform to speak HTTP/2 to the upstream.
// It prints what happens, one JSON object a line, and ends with its standard input.
import { readFile } from "node:fs/promises";
import ngrok from "@ngrok/ngrok";

const [address, authority, url, upstream, protocol] = process.argv.slice(2);
const say = (event) => console.log(JSON.stringify(event));
const code = (error) => /ERR_NGROK_\d+/.exec(`${error.message} ${error.errorCode ?? ""}`)?.[0] ?? "";

try {
  const session = await new ngrok.SessionBuilder()
    .authtoken(process.env.NGROK_AUTHTOKEN)
    .metadata("npm")
    .serverAddr(address)
    .caCert(await readFile(authority))
    .handleDisconnection((_, error) => {
      say({ event: "disconnected", code: code({ message: error }) });
      return false;
    })
    // There is nothing to update. Without a handler, the platform is told that it cannot restart this agent.
    .handleUpdateCommand(() => say({ event: "told to update" }))
    .handleStopCommand(() => {
      say({ event: "told to stop" });
      // The answer to the platform goes out first.
      setTimeout(() => process.exit(0), 100);
    })
    .connect();
  const endpoint = session.httpEndpoint().domain(new URL(url).host);
  if (protocol) endpoint.appProtocol(protocol);
  const listener = await endpoint.listen();
  listener.forward(upstream);
  say({ event: "bound", url: listener.url() });
} catch (error) {
  say({ event: "refused", code: code(error), message: error.message });
  process.exit(1);
}
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
