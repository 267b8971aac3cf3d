// Looks at a running fleet page in headless Chromium: node look.mjs URL TOKEN CHROMIUM [DIRECTORY]
// It fails on any finding of axe-core, on a page that is wider than the screen, on a refusal by the content security
// policy, and where the page cannot be used by keyboard or without JavaScript. With a directory, it writes the
// screenshots of docs/fleet-page.md into it.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [url, token, executablePath, directory] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = [
  ['list', '/'],
  ['search', '/?q=dental&state=somebody&namespace=clinics-west'],
  ['cause', '/?cause=AgentOffline&refresh=off'],
  ['nothing', '/?q=no-such-clinic'],
  ['last', '/?page=10'],
  ['trouble', '/clinics/clinics-north/clinic5'],
  ['clinic', '/clinics/clinics-east/clinic252'],
  ['fine', '/clinics/clinics-west/clinic1'],
  ['budget', '/budget'],
  ['hours', '/budget?hours=6'],
  ['sessions', '/sessions'],
];
// The last one is a screen of 1280 px at four times its size: WCAG asks for that.
const screens = [
  ['desktop', { width: 1280, height: 860 }],
  ['phone', { width: 390, height: 844 }],
  ['zoomed', { width: 320, height: 256 }],
];
const shots = {
  'list desktop light': 'fleet-page-list.png',
  'trouble desktop light': 'fleet-page-clinic.png',
  'budget desktop light': 'fleet-page-budget.png',
  'list phone light': 'fleet-page-phone.png',
  'list desktop dark': 'fleet-page-dark.png',
};
const problems = [];
let looked = 0;
let rules = 0;

const browser = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'fleet-page-')), {
  executablePath,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
  httpCredentials: { username: 'anybody', password: token },
});

function problem(where, text) {
  problems.push(`${where}: ${text}`);
}

async function look(page, name, path, screen, scheme) {
  const where = `${name} ${screen} ${scheme}`;
  const answer = await page.goto(url + path);
  if (answer.status() !== 200) problem(where, `status ${answer.status()}`);
  if (('refresh' in answer.headers()) === path.includes('refresh=off')) problem(where, 'refreshes against the wish');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const result = await inspect(page);
  if (wide > 0) problem(where, `${wide} px wider than the screen`);
  for (const finding of result.violations) {
    problem(where, `${finding.id} (${finding.impact}): ${finding.help}: ${finding.nodes.map(n => n.html).slice(0, 3).join(' ')}`);
  }
  rules += result.passes.length;
  looked++;
  if (directory && shots[where]) await page.screenshot({ path: join(directory, shots[where]) });
}

// Through the debugger, because the content security policy of the page forbids eval.
async function inspect(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run(document).then(r => JSON.stringify({ violations: r.violations, passes: r.passes.map(p => p.id) }))',
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(result.value);
}

const page = browser.pages()[0] ?? await browser.newPage();
page.on('console', message => {
  if (message.type() === 'error' && !message.text().includes('axe')) problem(page.url(), `console: ${message.text()}`);
});
for (const scheme of ['light', 'dark']) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const [screen, size] of screens) {
    await page.setViewportSize(size);
    for (const [name, path] of pages) await look(page, name, path, screen, scheme);
  }
}

// By keyboard: the first key reaches the link to the content; the search works with Enter.
await page.setViewportSize({ width: 1280, height: 860 });
await page.goto(url + '/');
await page.keyboard.press('Tab');
if (await page.evaluate(() => document.activeElement.className) !== 'skip') problem('keyboard', 'the skip link is not first');
await page.keyboard.press('Enter');
await page.keyboard.press('Tab');
if (!await page.evaluate(() => document.activeElement.closest('main'))) problem('keyboard', 'the skip link does not lead into the content');
const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
if (outline === 'none') problem('keyboard', 'the focus cannot be seen');
await page.focus('#q');
await page.keyboard.type('clinic252');
await page.keyboard.press('Enter');
await page.waitForURL(/q=clinic252/);
await page.keyboard.press('Escape');
await page.click('text=Hillcrest Paediatrics');
if (!page.url().includes('/clinics/clinics-east/clinic252')) problem('keyboard', `the search led to ${page.url()}`);
await browser.close();

// Without JavaScript.
const plain = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const silent = await plain.newPage({ javaScriptEnabled: false, httpCredentials: { username: 'anybody', password: token } });
await silent.goto(url + '/');
await silent.click('.tile.setup');
if (!(await silent.textContent('.range')).includes('of 27')) problem('without JavaScript', 'the filter does not work');
const stranger = await plain.newContext();
const answer = await stranger.request.get(url + '/clinics/clinics-west/clinic1', { failOnStatusCode: false });
if (answer.status() !== 401 || (await answer.text()).includes('clinic1')) problem('stranger', `gets ${answer.status()}`);
await plain.close();

console.log(`${looked} pages looked at (${pages.length} pages, ${screens.length} sizes, 2 colour schemes), ${rules} rules of axe-core passed, ${problems.length} findings`);
problems.forEach(text => console.log(`  ${text}`));
process.exit(problems.length ? 1 : 0);
