// What TypeDoc has no option for: modules named as they are imported, and an @example for every function (it requires words alone).
// No library: a plugin of TypeDoc.
import { Converter, ReflectionKind } from 'typedoc'

/** 'lightgbm/src/worker' is imported as '@taskclf/lightgbm/worker'. */
const importedAs = (name) => `@taskclf/${name.replace(/\/src$/, '').replace('/src/', '/')}`

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module))
      module.name = importedAs(module.name)
  })
  app.on('validateProject', (project) => {
    for (const func of project.getReflectionsByKind(ReflectionKind.Function)) {
      const has = func.signatures?.some(({ comment }) => comment?.getTag('@example') !== undefined)
      if (!has) app.logger.validationWarning(`${func.getFriendlyFullName()} has no @example`)
    }
  })
}
