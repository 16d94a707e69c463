// POST a JSON list of rows, of at most 1 MB. Models are switched beneath it; requests end on the one they began with.
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'

const how = { load: loadPredictor, selfTest: runSelfTest, dispose: (model) => model.dispose() }
const models = await createModelReloader({ modelsDir: 'models', onError: console.error, ...how })
createServer(async (req, res) => {
  try {
    if (!(req.headers['content-length'] <= 1e6)) return res.writeHead(413).end()
    const x = await json(req)
    res.end(JSON.stringify(await models.use(async (m) => ({ modelId: m.modelId, rows: await m.predict(x) }))))
  } catch ({ message }) {
    res.writeHead(400).end(JSON.stringify({ message }))
  }
}).listen(process.env.PORT ?? 8080)
