"""The workbook: from raw sales files to dated reports about customers."""

import gc

# libraries make very much that stays: to look through it for garbage again and again takes a quarter of the time of reading them
gc.set_threshold(50_000, 20, 10)
