// POST a JSON list of rows. Models are switched beneath it, and no request is dropped.
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'

const how = { load: loadPredictor, selfTest: runSelfTest, dispose: (model) => model.dispose() }
const models = await createModelReloader({ modelsDir: 'models', onError: console.error, ...how })
createServer(async (request, response) => {
  try {
    const rows = await json(request)
    const answer = await models.use(async (m) => ({ modelId: m.modelId, rows: await m.predict(rows) }))
    response.end(JSON.stringify(answer))
  } catch ({ message }) {
    response.writeHead(400).end(JSON.stringify({ message }))
  }
}).listen(process.env.PORT ?? 8080)
