import chromium from '@sparticuz/chromium';

/** Unpacks the browser to the temporary folder of this process, which npm-browser.ts has chosen. */
await chromium.executablePath();
