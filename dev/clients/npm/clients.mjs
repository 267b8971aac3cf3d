// Checks the simulator with ngrok's own client for JavaScript, unchanged. dev/clients/check sets NGROK_API_URL.
import assert from "node:assert/strict";
import api from "@ngrok/ngrok-api";

const client = new api.Ngrok({
  apiToken: "2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1",
  baseUrl: process.env.NGROK_API_URL,
});

async function refused(code, call) {
  const error = await call().then(
    () => assert.fail(`not refused with ${code}`),
    (refusal) => refusal,
  );
  assert.equal(error.errorCode, `ERR_NGROK_${code}`);
}

// The client cannot read the empty answer to a deletion, so the object itself is looked for.
async function deleted(kind, id) {
  await kind.delete(id).catch((error) => assert.match(String(error), /Unexpected token 'i'/));
  await assert.rejects(kind.get(id), { statusCode: 404 });
}

const checks = {
  async "domains"() {
    const domain = await client.reservedDomains.create({ domain: "*.js.example.com" });
    await client.reservedDomains.update({ id: domain.id, description: "d" });
    assert.equal((await client.reservedDomains.get(domain.id)).description, "d");
    assert.equal((await client.endpoints.list()).length, 0);
    await deleted(client.reservedDomains, domain.id);
  },
  async "bot users with their credentials"() {
    const user = await client.botUsers.create({ name: "js", active: true });
    const made = await client.credentials.create({ ownerId: user.id, acl: ["bind:*.js.internal"] });
    assert.ok(made.token);
    assert.ok(!(await client.credentials.get(made.id)).token);
    await client.credentials.update({ id: made.id, metadata: "m" });
    await deleted(client.botUsers, user.id);
  },
  async "API keys"() {
    const key = await client.apiKeys.create({ description: "js" });
    assert.ok(key.token);
    await client.apiKeys.update({ id: key.id, metadata: "m" });
    await deleted(client.apiKeys, key.id);
  },
  async "addresses in a list"() {
    const made = [];
    for (let i = 0; i < 3; i++) made.push(await client.reservedAddrs.create({ metadata: "js" }));
    const listed = await client.reservedAddrs.list();
    assert.equal(listed.filter((address) => address.metadata === "js").length, 3);
    for (const address of made) await deleted(client.reservedAddrs, address.id);
  },
  async "policies with their restriction"() {
    const policy = await client.ipPolicies.create({ description: "js" });
    await client.ipPolicyRules.create({ cidr: "10.0.0.0/8", ipPolicyId: policy.id, action: "allow" });
    const restriction = await client.ipRestrictions.create({
      type: "agent", ipPolicyIds: [policy.id], enforced: true,
    });
    await refused(1420, () => client.ipPolicies.delete(policy.id));
    await deleted(client.ipRestrictions, restriction.id);
    await deleted(client.ipPolicies, policy.id);
  },
  async "what is not modelled is empty"() {
    for (const kind of ["tunnels", "tunnelSessions", "applicationUsers", "applicationSessions", "eventDestinations",
      "eventSubscriptions", "sshCredentials"]) {
      assert.equal((await client[kind].list()).length, 0, kind);
    }
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(`ok ${name}`);
}
console.log(`${Object.keys(checks).length} passed, 0 failed`);
