// `npm start`: the demo, or your own logs with `npm start -- --data <folder>`. The prestart script has installed and built.
const { startMain } = await import('../dist/cli/start/start.js');
await startMain(process.argv.slice(2));
