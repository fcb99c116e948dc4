import FlatFiles
import SecureBuild
extension Damage.Flaw { var phrase: Phrase { Phrase("\(self)", "\(self)") } }
