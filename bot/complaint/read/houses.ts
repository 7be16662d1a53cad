/** Kinds of houses that sell: before a name they are part of it, and what they say is an answer. */

export const HOUSE =
  'công ty|cty|cửa hàng|tiệm|siêu thị|quán|nhà xe|spa|phòng khám|nha khoa|trung tâm|đại lý|xưởng|cơ sở|studio|phòng tập|nhà mạng|hãng|nhà hàng|khách sạn|gara|garage|salon|thẩm mỹ viện|hợp tác xã|doanh nghiệp|tập đoàn|nhà thuốc|nhà sách|điện máy|showroom|hộ kinh doanh|homestay|hệ thống|tạp hóa|cây xăng|ngân hàng|trại|vựa|chành xe|resort|nhà trọ|bưu cục|trường'

/** Trades that a house is called after; the same words also name things, so a place or a deed must stand beside them. */
export const TRADE =
  'mắt kính|kính mắt|áo cưới|nội thất|vàng bạc|xe máy|xe đạp|đồng hồ|giày dép|thời trang|mỹ phẩm|hoa tươi|trà sữa|bánh kem|máy tính|điện thoại|điện lạnh|điện nước|vật liệu xây dựng|nhôm kính|rèm cửa|chăn ga|đồ gỗ|trang sức|laptop|thú y|vật tư nông nghiệp|phân bón'
