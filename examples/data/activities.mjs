// What each activity looks like: how often it occurs, where, and mean and spread of each measure, in the order of MEASURES.

/** The measures, in column order: digits after the point, and the most there can be. */
export const MEASURES = [
  { name: 'app_switch_count_5m', digits: 0, most: Infinity },
  { name: 'app_dwell_seconds', digits: 4, most: Infinity },
  { name: 'app_entropy_15m', digits: 4, most: Infinity },
  { name: 'keys_per_min', digits: 4, most: Infinity },
  { name: 'backspace_ratio', digits: 4, most: Infinity },
  { name: 'shortcut_rate', digits: 4, most: Infinity },
  { name: 'clicks_per_min', digits: 4, most: Infinity },
  { name: 'scroll_events_per_min', digits: 4, most: Infinity },
  { name: 'mouse_distance', digits: 4, most: Infinity },
  { name: 'active_seconds_any', digits: 4, most: 60 },
  { name: 'max_idle_run_seconds', digits: 4, most: 60 },
]

/** The columns of the CSV; all but the first and the last are those of ../demo/feature-schema.json. */
export const COLUMNS = [
  'window_start',
  'app_id',
  'domain_category',
  'is_editor',
  'is_terminal',
  ...MEASURES.map(({ name }) => name),
  'hour_of_day',
  'label',
]

/** By label; `takenFor` is the label that a careless annotator gives it. */
export const ACTIVITIES = {
  BreakIdle: {
    share: 14,
    takenFor: 'Meet',
    apps: [
      ['__unknown__', 4],
      ['com.google.Chrome', 3],
      ['com.apple.Terminal', 2],
      ['com.microsoft.Word', 2],
      ['com.tinyspeck.slackmacgap', 2],
      ['com.microsoft.VSCode', 2],
      ['us.zoom.xos', 1],
      ['com.apple.mail', 1],
    ],
    domains: [
      ['video', 7],
      ['docs', 4],
      ['__unknown__', 1],
    ],
    means: [0.4, 49, 0.15, 5, 0.015, 0.01, 0.5, 1, 100, 2, 53],
    spreads: [1, 10, 0.35, 22, 0.025, 0.025, 3, 6, 200, 7, 7],
  },
  Build: {
    share: 22,
    takenFor: 'Debug',
    apps: [
      ['com.microsoft.VSCode', 12],
      ['com.apple.Terminal', 5],
      ['com.google.Chrome', 2],
      ['__unknown__', 1],
    ],
    domains: [
      ['code_hosting', 7],
      ['docs', 1],
      ['__unknown__', 2],
    ],
    means: [2, 41, 0.8, 151, 0.11, 0.17, 6.8, 5, 740, 51, 3],
    spreads: [2, 19, 0.65, 43, 0.06, 0.05, 6.2, 12, 370, 14, 11],
  },
  Communicate: {
    share: 13,
    takenFor: 'Write',
    apps: [
      ['com.tinyspeck.slackmacgap', 9],
      ['com.apple.mail', 5],
      ['com.google.Chrome', 4],
    ],
    domains: [
      ['chat', 9],
      ['docs', 1],
    ],
    means: [3.9, 23, 1.2, 96, 0.09, 0.03, 10.9, 4, 846, 41, 9],
    spreads: [2, 19, 0.6, 50, 0.055, 0.06, 5.8, 13, 410, 14, 11],
  },
  Debug: {
    share: 10,
    takenFor: 'Build',
    apps: [
      ['com.apple.Terminal', 5],
      ['com.microsoft.VSCode', 5],
      ['com.google.Chrome', 3],
    ],
    domains: [
      ['search', 5],
      ['code_hosting', 4],
      ['docs', 1],
      ['__unknown__', 1],
    ],
    means: [6, 14, 1.58, 80, 0.07, 0.13, 7.5, 12.5, 880, 44, 8.5],
    spreads: [2.6, 16, 0.6, 43, 0.05, 0.05, 7, 12, 310, 13, 10],
  },
  Meet: {
    share: 11,
    takenFor: 'BreakIdle',
    apps: [
      ['us.zoom.xos', 14],
      ['com.google.Chrome', 3],
      ['com.tinyspeck.slackmacgap', 1],
    ],
    domains: [
      ['video', 5],
      ['chat', 2],
      ['__unknown__', 2],
    ],
    means: [1, 44, 0.5, 18, 0.03, 0.02, 2, 4, 350, 12, 29],
    spreads: [2, 20, 0.6, 42, 0.05, 0.045, 5, 11, 380, 16, 13],
  },
  ReadResearch: {
    share: 13,
    takenFor: 'Review',
    apps: [
      ['com.google.Chrome', 11],
      ['com.microsoft.Word', 1],
      ['__unknown__', 0.4],
    ],
    domains: [
      ['docs', 8],
      ['search', 5],
      ['code_hosting', 2],
      ['__unknown__', 1],
    ],
    means: [2.9, 27, 1, 18, 0.05, 0.02, 8, 41, 860, 36, 8.5],
    spreads: [1.9, 20, 0.65, 52, 0.055, 0.045, 6.2, 13, 430, 13, 10.5],
  },
  Review: {
    share: 7,
    takenFor: 'ReadResearch',
    apps: [
      ['com.google.Chrome', 6],
      ['com.microsoft.VSCode', 1],
      ['com.apple.Terminal', 1],
    ],
    domains: [
      ['code_hosting', 14],
      ['docs', 1],
      ['__unknown__', 0.5],
    ],
    means: [2.5, 26, 0.8, 38, 0.065, 0.055, 12.8, 25, 1000, 43, 9],
    spreads: [1.9, 20, 0.5, 46, 0.055, 0.06, 6, 12, 350, 14, 8.5],
  },
  Write: {
    share: 12,
    takenFor: 'Communicate',
    apps: [
      ['com.microsoft.Word', 8],
      ['com.google.Chrome', 2],
      ['com.apple.mail', 1],
    ],
    domains: [
      ['docs', 9],
      ['search', 4],
      ['__unknown__', 1],
    ],
    means: [1.9, 42, 0.5, 133, 0.14, 0.05, 7, 6, 440, 50, 2.5],
    spreads: [1.9, 19, 0.65, 54, 0.055, 0.045, 6.2, 11.5, 400, 15, 12],
  },
}

/** In code-unit order. */
export const LABELS = Object.keys(ACTIVITIES)
