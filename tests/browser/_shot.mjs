import fs from 'node:fs';
import { By } from 'selenium-webdriver';
import { openSite, consoleErrors, sidewaysScroll, axe } from './harness.mjs';
const site = await openSite('site');
const { driver } = site;
const [,, address = 'es/villa-el-salvador/what-if/?year=2000', section = 'S1', ...views] = process.argv;
try {
  for (const [width, theme] of (views.length ? views.map((v) => v.split('-')) : [['1280','light'],['320','light'],['768','dark']])) {
    const before = site.line.heard.length;
    console.log(await site.open(address, { width: Number(width), height: 800, theme }));
    await driver.executeScript('document.querySelector("#projects details").open = true');
    await driver.wait(async () => (await driver.executeScript('return document.querySelector("#projects-status").textContent')).match(/reglas|rules/), 15000).catch((e) => console.log(String(e)));
    if (section) {
      await driver.executeScript('const s=document.querySelector("#projects-section"); s.value=arguments[0]; s.dispatchEvent(new Event("change",{bubbles:true}))', section);
      await driver.sleep(1200);
    }
    await driver.executeScript('document.querySelector("#projects .rules").open = true');
    console.log(await driver.executeScript('return document.querySelector("#projects-status").textContent'), await sidewaysScroll(driver), JSON.stringify(await axe(driver), null, 1));
    const box = await driver.executeScript('const b=document.querySelector("#projects").getBoundingClientRect(); return [b.top+scrollY,b.height]');
    const { data } = await driver.sendAndGetDevToolsCommand('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip: { x: 0, y: box[0] - 10, width: Number(width), height: Math.min(box[1] + 20, 3500), scale: 1 } });
    fs.writeFileSync(`/tmp/e_shots/${width}-${theme}.png`, Buffer.from(data, 'base64'));
    console.log(site.line.heard.slice(before).map((r) => r.name + ' ' + r.status).join('\n'));
    console.log(await consoleErrors(driver));
  }
} finally { await site.close(); }
