export { promotionText as text } from '../shared/promotion-text.js'
