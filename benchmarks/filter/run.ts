import { report } from '../measure.js'
import { measureParse } from './measure-parse.js'
import { measurePredicates } from './measure-predicates.js'

report('filter', [...measureParse(), ...measurePredicates()])
