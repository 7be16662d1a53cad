/** First words of what people buy, by kind of trade: where no verb of buying names the goods, the first of these words does. */

import { bare } from '../../../knowledge/language/aligned.ts'
import { placeTones } from '../../../knowledge/language/normalise.ts'

const THINGS =
  // electrical and household
  'điện thoại|máy tính bảng|máy tính|máy giặt|máy lạnh|máy lọc nước|máy lọc không khí|máy bơm|máy khoan|máy cưa|máy cắt cỏ|máy phát điện|máy xay|máy ép|máy sấy|máy hút bụi|máy rửa|máy in|máy ảnh|máy quay|máy massage|máy trợ thính|máy đo|máy may|máy phun|máy cày|máy dò|máy pha|máy chiếu|máy chơi game|điều hòa|tủ lạnh|tủ đông|tủ mát|tủ bếp|tủ quần áo|tủ áo|tủ giày|tủ sấy|tivi|ti vi|loa kéo|loa bluetooth|dàn loa|amply|micro|nồi chiên|nồi cơm|nồi áp suất|nồi lẩu|bếp từ|bếp ga|bếp gas|bếp hồng ngoại|bếp điện|lò vi sóng|lò nướng|ấm siêu tốc|bình nóng lạnh|bình gas|bình ga|bình ắc quy|bình đun|quạt|bàn ủi|bàn là|bàn phím|bàn ghế|bàn học|bàn trà|bàn ăn|ghế sofa|ghế massage|ghế ăn dặm|ghế công thái học|sofa|giường|nệm|đệm|chăn ga|ga giường|drap|rèm cửa|rèm|màn cửa|thảm|kệ sách|khung ảnh|khung tranh|kệ tivi|kệ giày|camera|ổ cứng|thẻ nhớ|laptop|ipad|iphone|macbook|airpod|airpods|smartwatch|đồng hồ|tai nghe|củ sạc|cục sạc|sạc dự phòng|pin dự phòng|cáp sạc|ốp lưng|bàn chải điện|chuột máy tính|màn hình|card đồ họa|robot hút bụi|nhông sên|lốp xe|vỏ xe|bình xăng|nạp game|mũ bảo hiểm|nón bảo hiểm|xe đạp|xe máy|xe điện|xe tay ga|xe lăn|xe đẩy|xe ô tô|xe hơi|xe tải|xe ba bánh|điện mặt trời|tấm pin|năng lượng mặt trời|' +
  'máy|máy nước nóng|máy hút sữa|máy hút mùi|máy hút ẩm|máy nén khí|máy hàn|máy mài|máy tiện|máy bào|máy gặt|máy xới|máy xúc|máy kéo|máy tuốt|máy ấp|máy vắt|máy lạnh|máy cạo râu|máy uốn tóc|máy tăm nước|máy đánh trứng|máy làm sữa|máy làm đá|máy làm mát|máy rửa bát|máy rửa mặt|máy khử|máy tập|máy đọc sách|máy thở|máy tạo oxy|máy đếm tiền|máy bán nước|máy tính tiền|máy tính xách tay|máy nghe nhạc|máy bộ đàm|máy đuổi chuột|máy xông|máy trợ giảng|máy hái|máy bẻ|máy băm|máy ép cám|mô tô|dàn âm thanh|dàn lạnh|dàn nóng|cục nóng|dàn karaoke|âm ly|loa thùng|đầu ghi|đầu thu|đầu đĩa|tủ kính|tủ thờ|tủ rượu|tủ mát|tủ sách|tủ nhựa|tủ gỗ|tủ đồ|tủ đầu giường|bàn thờ|bàn làm việc|bàn phấn|bàn chải|bàn cắt|bàn nâng|ghế gỗ|ghế xoay|ghế nhựa|ghế lười|ghế gaming|ghế văn phòng|ghế xếp|ghế rung|giường tầng|giường gỗ|nệm cao su|chiếu|mùng|chăn|mền|gối|drap giường|khăn|khăn tắm|bộ ga|quạt trần|quạt điều hòa|quạt sạc|quạt hơi nước|bếp hồng ngoại|bếp than|bếp nướng|bếp chiên|nồi inox|nồi hấp|nồi nấu|bộ nồi|bộ chén|bộ ấm|bộ dao|hộp cơm|hộp nhựa|phích|bình thủy|bình chữa cháy|bình nước|bình lọc|lõi lọc|máng|thang nhôm|thang|xe rùa|cây lau nhà|chổi|robot lau nhà|bồn tắm|bồn nước|ống nước|ống nhựa|vòi|dây điện|dây cáp|dây đai|bóng đèn|đèn năng lượng|đèn led|đèn pin|đèn chùm|lồng đèn|đèn lồng|đèn bàn|ắc quy|bình ắc|bình điện|pin mặt trời|hệ thống điện|biến tần|ổn áp|máy biến áp|chuông cửa|khóa thông minh|khóa vân tay|khoá vân tay|camera hành trình|thẻ sim|wifi|modem|router|cục phát wifi|usb|ổ đĩa|ram|chuột|tay cầm|màn chiếu|bút|bút cảm ứng|ốp|kính cường lực|miếng dán màn hình|gậy chụp|chân máy|ống kính|flycam|android box|tv box|tv|smart tivi|ipod|apple watch|samsung|oppo|xiaomi|realme|vivo|nokia|redmi|ip|ss|macbook|lap|xe cub|xe wave|xe vision|xe exciter|xe sh|xe honda|xe yamaha|xe cũ|xe số|xe cày|xe rơ moóc|xe lôi|xe nâng|xe đạp điện|xe máy điện|xe ôm|ô tô|oto|phụ tùng|thắng|bố thắng|bugi|ruột xe|yên xe|đèn xe|áo trùm xe|nhớt xe|lốp|vỏ|mâm xe|' +
  // clothes, beauty, health
  'đồng phục|bộ đồ|bộ vest|vest|áo vest|áo đôi|áo len|áo phông|áo hoodie|áo polo|áo lót|áo tắm|áo chống nắng|áo bà ba|áo thổ cẩm|thổ cẩm|váy đầm|chân váy|quần short|quần lót|quần đùi|quần kaki|đồ ngủ|đồ bơi|đồ thể thao|đồ trẻ em|đồ sơ sinh|đồ bầu|đồ tập|tất|vớ|găng tay|nón|mũ|khăn quàng|cà vạt|dây nịt|giày cao gót|giày thể thao|giày da|sandal|guốc|ủng|bốt|cặp|cặp sách|túi|ví|bóp|tóc giả|nối tóc|kính lão|gọng kính|tròng kính|lens|vòng cổ|vòng phong thủy|vòng|nhẫn cưới|nhẫn vàng|bông|trang sức|đá quý|ngọc|ngọc trai|kim cương|lắc|mặt dây|dây|' +
  'sữa dưỡng|kem body|kem đánh răng|kem nám|kem tan mỡ|kem tẩy|kem lót|kem mắt|phấn|phấn nền|phấn phủ|cushion|mascara|nước tẩy trang|nước hoa hồng|toner|tinh chất|tinh dầu|dầu xả|dầu mọc tóc|dầu|thuốc nhuộm|thuốc mọc|xịt|xịt khoáng|lăn khử mùi|xà phòng|sữa ong chúa|bộ mỹ phẩm|bộ dưỡng|sơn móng|móng|thuốc giảm cân|trà giảm cân|thuốc nam|thuốc bổ|thuốc bắc|thuốc tiểu đường|thuốc xương khớp|thuốc ho|thuốc đau|viên sủi|viên nghệ|viên vitamin|vitamin|canxi|omega|dầu cá|dầu gấc|cao sâm|hồng sâm|nhân sâm|cao|nấm|nấm linh chi|linh chi|nghệ|nha đam|nước yến|yến|cao hổ|mật gấu|rượu thuốc|đai lưng|nẹp|máy huyết áp|que|nhiệt kế|xe lăn|nạng|răng giả|hàm giả|hàm răng|răng|mão răng|implant|mắt kính|' +
  'quần áo|áo dài|áo khoác|áo thun|áo sơ mi|áo cưới|áo mưa|váy cưới|đầm|váy|quần jean|quần tây|đồ bộ|đồ lót|giày|dép|túi xách|balo|ba lô|vali|ví da|thắt lưng|mắt kính|kính mát|kính cận|kính áp tròng|nhẫn|dây chuyền|vòng tay|bông tai|lắc tay|son môi|kem chống nắng|kem trộn|kem dưỡng|kem trị|kem nền|nước hoa|sữa rửa mặt|sữa tắm|dầu gội|mặt nạ|serum|mỹ phẩm|sáp vuốt tóc|thuốc|thực phẩm chức năng|viên uống|cao xoa|dầu gió|sâm|đông trùng|yến sào|collagen|đai massage|miếng dán|que thử|liệu trình|trị nám|trị mụn|niềng răng|trồng răng|bọc răng|tẩy trắng răng|trám răng|cấy chỉ|nâng mũi|cắt mí|phun môi|phun mày|phun xăm|xăm|nối mi|làm tóc|uốn tóc|nhuộm tóc|duỗi tóc|tắm trắng|triệt lông|massage|' +
  // food and farm
  'sữa bột|sữa non|sữa tươi|sữa|bánh kem|bánh trung thu|bánh mì|bánh sinh nhật|hải sản|tôm hùm|nước mắm|nước ngọt|bia|rượu|trái cây|sầu riêng|hạt điều|cà phê|hồ tiêu|mật ong|thịt bò|thịt heo|heo quay|gà|vịt|gạo|trà sữa|trà|phân bón|phân đạm|phân npk|phân|thuốc trừ sâu|thuốc bảo vệ thực vật|thuốc cỏ|cám|thức ăn chăn nuôi|lúa giống|hạt giống|cây giống|con giống|giống|bò giống|heo giống|cây mai|cây cảnh|chậu cây|bó hoa|giỏ hoa|hoa|lẵng hoa|cá cảnh|chó|mèo|xăng|dầu nhớt|nhớt|gas|' +
  'sữa chua|sữa đặc|sữa công thức|sữa hạt|bánh|bánh ngọt|bánh tráng|bánh chưng|bánh cưới|bánh bao|bánh tét|bánh quy|kẹo|mứt|hạt dưa|hạt|hạt dẻ|hạt sen|mắc ca|đường|muối|mắm|dầu ăn|bột ngọt|bột nêm|hạt nêm|bột|bột ăn dặm|bột nghệ|ngũ cốc|yến mạch|mì|mì gói|mì tôm|miến|bún|bún bò|phở|cơm|cơm gà|cơm tấm|cơm trưa|suất cơm|cháo|hủ tiếu|gỏi|nem|chả|chả cá|giò|tré|lạp xưởng|xúc xích|khô bò|bò khô|khô mực|mực|mực khô|tôm|tôm khô|cua|ghẹ|ốc|cá|cá thu|cá khô|cá ngừ|cá giống|tôm giống|gà giống|vịt giống|dê giống|bò|heo|trâu|dê|bê|thịt|thịt gà|thịt khô|thịt dê|giò heo|trứng|trứng gà|trứng vịt|rau|rau củ|củ|khoai|bắp|đậu|đậu phộng|măng|tiêu|điều|hành|tỏi|ớt|cam|quýt|bưởi|táo|nho|nho sữa|dâu|dâu tây|xoài|mít|ổi|chuối|dưa|dưa hấu|bơ|chanh dây|thanh long|vải|nhãn|măng cụt|cherry|dừa|mía|chè|trà|trà thảo mộc|trà đá|cafe|cà phê bột|cà phê nhân|nước uống|nước suối|nước khoáng|nước đóng bình|nước đá|nước ép|nước|sinh tố|kem|kem que|rượu vang|rượu cần|rượu ngoại|bia lon|thuốc lá|lẩu|buffet|set ăn|combo|bữa ăn|đồ ăn|thức ăn|đồ nhậu|món ăn|mắm ruốc|mắm nêm|tương ớt|phân lân|phân kali|phân ure|phân hữu cơ|phân chuồng|phân vi sinh|phân bón lá|vôi|thuốc diệt cỏ|thuốc trừ bệnh|thuốc nấm|thuốc thú y|thuốc kích|thuốc xịt|thuốc sâu|cám heo|cám gà|cám tôm|thức ăn tôm|thức ăn gia súc|thức ăn thủy sản|vắc xin|lúa|giống lúa|giống cây|bắp giống|giống bắp|cây ăn trái|cây sầu riêng|cây bơ|cây cà phê|cây tiêu|cây điều|cây chanh|cây lan|lan|phong lan|cây kiểng|bonsai|hoa hồng|hoa cưới|hoa tươi|vòng hoa|kệ hoa|chim|chim cảnh|thỏ|hamster|poodle|phốc sóc|chó con|mèo con|mèo anh|thức ăn cho mèo|ống tưới|béc tưới|bạt|màng phủ|lưới|dây thép|bộ tưới|hệ thống tưới|bình xịt|bình ga|ga|dầu hỏa|than|củi|dầu diesel|ron|gas mini|' +
  // building
  'tôn lạnh|gạch|gạch ốp|gạch lát|gạch bông|ngói|đá|đá granite|đá ốp|đá hoa cương|sơn|sơn tường|sơn chống thấm|keo|keo dán|bột trét|kính cường lực|cửa kính|cửa nhựa|cửa lùa|cửa|cổng|cổng sắt|lan can|mái tôn|mái che|mái hiên|khung sắt|nhà khung|gỗ|ván|ván sàn|sàn gỗ|sàn nhựa|trần thạch cao|thạch cao|giấy dán tường|rèm cửa|cầu thang|cột|lưới b40|bê tông|vật liệu xây dựng|thép hộp|ống thép|tấm lợp|tấm nhựa|nhà tiền chế|hồ cá|tủ bếp|kệ bếp|kệ|' +
  'tôn|xi măng|gạch men|gạch ống|cát|sắt|thép|sơn nước|cửa nhôm|cửa cuốn|cửa sắt|cửa gỗ|bồn nước|bồn cầu|vòi nước|vòi sen|bồn rửa|' +
  // services and papers
  'khóa|khoá|khóa tiếng anh|khóa luyện thi|khóa chứng khoán|lớp học thêm|lớp tiếng|tiếng anh|tiếng hàn|tiếng nhật|tiếng trung|ielts|toeic|học tiếng|học nghề|học nấu ăn|học võ|học đàn|học vẽ|học phí|trại hè|thi bằng|bằng lái xe|học bằng|xuất khẩu lao động|du học|visa|hồ sơ du học|tour du lịch|combo du lịch|gói du lịch|chuyến du lịch|chuyến đi|chuyến xe|cuốc xe|xe khách|xe giường nằm|giường nằm|xe limousine|xe 16 chỗ|xe 7 chỗ|xe hợp đồng|xe tự lái|xe hoa|xe cưới|taxi|xe ôm|sân bóng|sân cầu lông|vé máy|vé xe khách|vé concert|vé ca nhạc|vé xem phim|vé tham quan|vé vào cổng|vé bóng đá|vé khứ hồi|phòng|phòng đôi|phòng view|villa|khách sạn|resort|nhà nguyên căn|ki ốt|mặt bằng|chung cư|căn chung cư|nền đất|đất|nhà ở xã hội|nhà|suất đất|căn nhà|tiệc sinh nhật|tiệc tất niên|mâm quả|rạp cưới|rạp đám cưới|rạp|bàn tiệc|set quay|áo cưới|gói cưới|gói chụp|gói quay|chụp cưới|ảnh cưới|album cưới|ngoại cảnh|phóng sự cưới|phóng sự|quay phóng sự|âm thanh ánh sáng|âm thanh|dàn nhạc|mc|sân khấu|website|trang web|phần mềm|app|ứng dụng|tên miền|hosting|chữ ký số|quảng cáo facebook|tài khoản game|acc game|acc|skin|thẻ nạp|thẻ điện thoại|thẻ quà tặng|voucher|phiếu quà tặng|thẻ thành viên|thẻ tín dụng|thẻ vip|gói vip|gói hội viên|gói bảo hiểm|gói khám|khám bệnh|khám tổng quát|khám thai|siêu âm|xét nghiệm|tiêm chủng|tiêm vắc xin|tiêm filler|filler|botox|cắt mí mắt|nâng ngực|hút mỡ|giảm béo|giảm mỡ|giảm cân|gói giảm|gói trị|gói triệt|gói spa|gói chăm|chăm da|chăm sóc da|peel da|lăn kim|trị sẹo|trị rạn|trị hói|trị rụng tóc|cấy tóc|gội đầu|cắt tóc|làm nail|làm móng|làm mi|phun chân mày|điêu khắc|xóa xăm|châm cứu|vật lý trị liệu|tắm bé|nuôi bệnh|giúp việc|trông trẻ|giữ trẻ|mầm non|bán trú|suất ăn|phí thường niên|phí duy trì|phí phạt|phí trả nợ|phí chuyển tiền|phí gửi|phí chung cư|phí bảo trì|phí rút|phí hủy|phí vệ sinh|tiền rác|cước điện thoại|cước vận chuyển|cước gửi|gói 4g|gói 5g|gói data|data|dịch vụ|dịch vụ 3g|dịch vụ giá trị gia tăng|dịch vụ vận chuyển|dịch vụ chuyển nhà|dịch vụ vệ sinh|dịch vụ giao hàng|đường truyền|cáp|k+|truyền hình cáp|nước sinh hoạt|điện sinh hoạt|vay|vay vốn|vay trả góp|vay tín chấp|khoản nợ|gói vay|sổ tiết kiệm|tiền gửi|trái phiếu|cổ phiếu|khoá đầu tư|ủy thác|bảo hiểm nhân|bảo hiểm sức khỏe|bảo hiểm ô tô|hụi|gói tang lễ|đất nghĩa trang|quan tài|mộ|bia mộ|tượng|sim 4g|' +
  'khóa học|khoá học|gói trị nám|gói tập gym|gói nhạc chờ|nhạc chờ|gói tài khoản|gói truyền hình|dịch vụ nhạc chờ|lớp luyện thi|học hè|học bơi|học thêm|răng sứ|đi dây điện|vệ sinh máy|đại tu|quấn mô tơ|mô tơ|rút hầm cầu|máy cày|giặt thảm|khóa bơi|khoá bơi|lớp học|học phí|bằng lái|học lái xe|gia sư|du học|tour|vé máy bay|vé xe|vé tàu|vé số|vé xem|vé concert|vé|phòng khách sạn|phòng nghỉ|phòng trọ|homestay|mâm cỗ|tiệc cưới|tiệc|mâm|trang điểm|chụp ảnh|chụp hình|album|quay phim|thẻ tập|gói tập|thẻ gym|thẻ hội viên|thẻ cào|thẻ game|sim|gói cước|cước|internet|mạng|wifi|mạng internet|truyền hình|cáp quang|tiền điện|tiền nước|nước máy|nước sạch|bảo hiểm nhân thọ|bảo hiểm xe|bảo hiểm|hợp đồng bảo hiểm|kỳ nghỉ|khoản vay|vay tiền|tài khoản|phí gửi xe|phí quản lý|phí dịch vụ|phí sms|đất nền|căn hộ|lô đất|nhà trọ|chuyển nhà|vận chuyển|giặt ủi|giặt sấy|giặt đồ|gói chạy quảng cáo|nước giặt|bột giặt|sửa xe|sửa máy|sửa điện thoại|rửa xe|vàng|sách|truyện|bộ sách|lịch|tập vở|vở|đồ chơi|lego|mô hình|xếp hình|thú bông|búp bê|tã|bỉm|nôi|cũi|bình sữa|xe tập đi|đàn|guitar|piano|vợt|bóng|máy chạy bộ|kính|sim số đẹp|pin|loa|nồi|chảo|bếp|tủ|bàn|ghế|áo|quần|túi|ví|son|kem|khẩu trang|đèn|ổ cắm|khóa cửa|khoá cửa|két sắt|cân điện tử|cân|ấm chén|bát đĩa|chén|ly|bình giữ nhiệt|dao|kéo|tranh|tượng|lồng'

/** What is had done to a thing is bought no less than a thing: each deed with what it is done to. */
const DEEDS: readonly (readonly [deeds: string, to: string])[] = [
  [
    'sửa|sửa chữa|bảo dưỡng|bảo trì|vệ sinh',
    'xe|máy|máy lạnh|máy giặt|máy tính|tivi|ti vi|tủ lạnh|điện thoại|laptop|nhà|mái|điện|điện nước|ống nước|đồng hồ|điều hòa|bếp',
  ],
  ['giặt|giặt khô|giặt là|giặt hấp', 'áo|quần|đồ|nệm|thảm|sofa|chăn|mền|rèm|vest'],
  ['nhổ|trám|trồng|bọc|làm|chữa|cấy|dán|lấy tủy', 'răng'],
  ['niềng|tẩy trắng|cạo vôi|lấy cao', 'răng'],
  ['mổ|phẫu thuật', 'mắt|mũi|cận'],
  ['uốn|nhuộm|duỗi|ép|nối|cắt|gội|hấp|phục hồi', 'tóc'],
  ['chuyển|dọn', 'nhà|trọ|văn phòng|kho|đồ đạc'],
  ['gửi|vận chuyển|chở', 'bưu phẩm|bưu kiện|trái cây|xe máy|đồ đạc'],
  ['chụp|quay', 'hình|ảnh|phim|ảnh cưới|hình cưới|kỷ yếu|cưới|phóng sự'],
  ['xây|sơn|chống thấm|trang trí|thiết kế|hoàn thiện|lợp|thi công', 'nhà|mái|nội thất|web|website|sân|tường|bếp|quán|phòng'],
  ['khoan|đào', 'giếng|ao'],
  ['hút|thông', 'hầm cầu|cống|bồn cầu'],
  ['học', 'lái xe|tiếng anh|tiếng hàn|tiếng nhật|tiếng trung|đàn|bơi|võ|vẽ|toán|piano|guitar|múa|nhảy|yoga|thêm|nấu ăn|trang điểm|nghề'],
  ['rửa|độ|tân trang|phủ gầm', 'xe|ô tô'],
  ['in|photo', 'thiệp|thiệp cưới|áo|sách|bạt|ảnh|tờ rơi|luận văn'],
  ['may|thuê', 'áo|áo dài|vest|đồng phục|váy|rèm|đồ'],
]
const SERVICES = DEEDS.flatMap(([deeds, to]) => deeds.split('|').flatMap((deed) => to.split('|').map((thing) => `${deed} ${thing}`)))

const ALL_WORDS = [...new Set([...THINGS.split('|'), ...SERVICES])]

/** Single syllables that mean other things too: a verb of buying, a number or a counter must stand before them. */
const ONE_SYLLABLE = ALL_WORDS.filter((word) => !word.includes(' '))
/** Of these the following name a thing wherever they stand, in a text with marks. */
const CLEAR = new Set(
  'tủ ghế áo quần váy giày dép nhẫn nồi chảo bếp loa sữa gạo sofa camera nệm rèm laptop iphone ipad macbook internet wifi collagen serum massage vali balo tour sâm tivi giường'.split(
    ' ',
  ),
)

/** People have these themselves: "không có điện thoại". */
const OF_PEOPLE = new Set(
  'điện thoại|tài khoản|vay tiền|con giống|xe máy|xe đạp|vận chuyển|chụp hình|chụp ảnh|quay phim|website|trang web|ứng dụng|tiếng anh|tiếng hàn|tiếng nhật|tiếng trung|âm thanh|thức ăn|đồ ăn|món ăn|mầm non|khách sạn|căn nhà|nước uống|chuyến đi|chuyến xe|bữa ăn|dây điện|xe khách|dịch vụ'.split(
    '|',
  ),
)

/** Without their marks these mean something else far more often: "nhan" is "nhận", "chieu" is "chiều". */
const AMBIGUOUS = new Set(
  'nhan dieu chan hanh thang khoa chieu mung trung cong nghe duong tieu vong bong khan vang tuong tranh phong cuoc chuot dien nuoc duoc quan giay'.split(
    ' ',
  ),
)
const isClearBare = (word: string): boolean => {
  const plain = bare(word)
  return !ONE_SYLLABLE.includes(word) || (/^[a-z]{4,}$/.test(plain) && !AMBIGUOUS.has(plain))
}

/** All of them. */
export const HEADS: ReadonlySet<string> = new Set(ALL_WORDS.map(placeTones))
/** Those that need no word beside them, in a text with marks. */
export const HEADS_ALONE: ReadonlySet<string> = new Set(
  ALL_WORDS.filter((word) => (word.includes(' ') || CLEAR.has(word)) && !OF_PEOPLE.has(word)).map(placeTones),
)
/** In a text without marks only what means nothing else. */
export const HEADS_WITHOUT_MARKS: ReadonlySet<string> = new Set(ALL_WORDS.filter(isClearBare).map(bare))
/** Of these what people do not have themselves. */
export const HEADS_ALONE_BARE: ReadonlySet<string> = new Set(ALL_WORDS.filter((word) => isClearBare(word) && !OF_PEOPLE.has(word)).map(bare))
/** Without marks all of them, for where a thing must stand. */
export const HEADS_BARE: ReadonlySet<string> = new Set(ALL_WORDS.map(bare))
/** What one has done. */
export const HEADS_DONE: ReadonlySet<string> = new Set(SERVICES.map(placeTones))
