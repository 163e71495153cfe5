# What pages do not tell, and to whom
withheld-note = * 不足 { $least } 位客户，或为防止推算出此类数字而不予显示。
profile-internal = 内部资料，请勿转发
profile-outside = 本报告供外部读者阅读：涉及不足 { $least } 位客户的数字不予显示，也不展示任何单个客户。
