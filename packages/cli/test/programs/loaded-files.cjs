// Says as its last line on standard error which files the program has loaded.
process.on('exit', () => {
  const files = Object.keys(require.cache).filter((file) => file !== __filename)
  process._rawDebug(JSON.stringify(files))
})
