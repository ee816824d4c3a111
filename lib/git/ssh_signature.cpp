#include "lib/git/ssh_signature.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace paperclub::git {
namespace {

constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----";
constexpr std::string_view kEnd = "-----END SSH SIGNATURE-----";
constexpr std::size_t kArmourColumns = 70;
constexpr std::string_view kMagic = "SSHSIG";
constexpr std::uint8_t kTouched = 1;
constexpr int kLeastRsaBits = 2048;
constexpr std::size_t kMostBytes = 64 * 1024;

template <typename T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* value) const { Free(value); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY, EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM, OSSL_PARAM_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG, ECDSA_SIG_free>>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes are bytes
}

std::string digest_of(std::string_view text, const EVP_MD* algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), out.data(), &size, algorithm, nullptr);
  return {out.begin(), out.begin() + size};
}

// Nothing where it is no Base64, or too much of it.
std::optional<std::string> decode_base64(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  if (text.empty() || text.size() % 4 != 0 || text.size() > kMostBytes) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),  // NOLINT
                                   bytes(text), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

// The fields of SSH's wire format; after a field that is not there all are empty.
class Fields {
 public:
  explicit Fields(std::string_view rest) : rest_(rest) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view field = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return field;
  }
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (const char c : take(4))
      value = value << 8U | static_cast<unsigned char>(c);
    return value;
  }
  std::string_view text() { return take(number()); }
  bool ended() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::string field(std::string_view text) {
  std::string out;
  for (unsigned shift = 32; shift > 0; shift -= 8)
    out += static_cast<char>(text.size() >> (shift - 8) & 0xFFU);
  return out + std::string(text);
}

// --- keys ----------------------------------------------------------------------------------------

Key key_from(const char* kind, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* raw = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  return Key(raw);
}

Key rsa_key(std::string_view exponent, std::string_view modulus) {
  const Number e(BN_bin2bn(bytes(exponent), static_cast<int>(exponent.size()), nullptr));
  const Number n(BN_bin2bn(bytes(modulus), static_cast<int>(modulus.size()), nullptr));
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!e || !n || !builder || BN_num_bits(n.get()) < kLeastRsaBits) return nullptr;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return key_from("RSA", builder.get());
}

Key curve_key(std::string_view curve, std::string_view point) {
  const char* group = curve == "nistp256"   ? "prime256v1"
                      : curve == "nistp384" ? "secp384r1"
                      : curve == "nistp521" ? "secp521r1"
                                            : nullptr;
  const Builder builder(OSSL_PARAM_BLD_new());
  if (group == nullptr || !builder) return nullptr;
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return key_from("EC", builder.get());
}

Key edwards_key(std::string_view point) {
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(point), point.size()));
}

// --- signatures ----------------------------------------------------------------------------------

bool verifies(EVP_PKEY* key, const EVP_MD* algorithm, std::string_view signature,
              std::string_view text) {
  const Digest context(EVP_MD_CTX_new());
  return key != nullptr && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, algorithm, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text),
                          text.size()) == 1;
}

// SSH writes the two numbers of an ECDSA signature one after the other; OpenSSL wants them in DER.
std::string in_der(std::string_view pair) {
  Fields fields(pair);
  const std::string_view r = fields.text();
  const std::string_view s = fields.text();
  const EcSignature signature(ECDSA_SIG_new());
  BIGNUM* r_number = BN_bin2bn(bytes(r), static_cast<int>(r.size()), nullptr);
  BIGNUM* s_number = BN_bin2bn(bytes(s), static_cast<int>(s.size()), nullptr);
  if (!fields.ended() || !signature ||
      ECDSA_SIG_set0(signature.get(), r_number, s_number) != 1) {  // owns the numbers then
    BN_free(r_number);
    BN_free(s_number);
    return {};
  }
  unsigned char* raw = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &raw);
  if (size <= 0) return {};
  std::string der(raw, raw + size);
  OPENSSL_free(raw);
  return der;
}

const EVP_MD* digest_for_curve(std::string_view kind) {
  if (kind.ends_with("nistp384")) return EVP_sha384();
  return kind.ends_with("nistp521") ? EVP_sha512() : EVP_sha256();
}

// What a security key signs: the digests of its application and of the text, with its flags.
std::string told_by_device(std::string_view application, std::string_view device,
                           std::string_view text) {
  return digest_of(application, EVP_sha256()) + std::string(device) + digest_of(text, EVP_sha256());
}

// The public key's wire form begins with the name of its kind, the signature's with that of its
// algorithm; which is the same, but for rsa.
bool is_good(std::string_view key_blob, std::string_view signature_blob, std::string_view text) {
  constexpr std::size_t kDeviceBytes = 5;  // flags and counter
  Fields key(key_blob);
  Fields signature(signature_blob);
  const std::string_view kind = key.text();
  const std::string_view algorithm = signature.text();
  const std::string_view value = signature.text();
  if (kind == "ssh-ed25519") {
    const std::string_view point = key.text();
    return key.ended() && signature.ended() && algorithm == kind &&
           verifies(edwards_key(point).get(), nullptr, value, text);
  }
  if (kind == "ssh-rsa") {
    const std::string_view exponent = key.text();
    const std::string_view modulus = key.text();
    const EVP_MD* digest = algorithm == "rsa-sha2-512"   ? EVP_sha512()
                           : algorithm == "rsa-sha2-256" ? EVP_sha256()
                                                         : nullptr;
    return key.ended() && signature.ended() && digest != nullptr &&
           verifies(rsa_key(exponent, modulus).get(), digest, value, text);
  }
  if (kind.starts_with("ecdsa-sha2-nistp")) {
    const std::string_view curve = key.text();
    const std::string_view point = key.text();
    return key.ended() && signature.ended() && algorithm == kind && kind.ends_with(curve) &&
           verifies(curve_key(curve, point).get(), digest_for_curve(kind), in_der(value), text);
  }
  const std::string_view device = signature.take(kDeviceBytes);
  const bool touched =
      signature.ended() && (static_cast<std::uint8_t>(device.front()) & kTouched) != 0;
  if (!touched || algorithm != kind) return false;
  if (kind == "sk-ssh-ed25519@openssh.com") {
    const std::string_view point = key.text();
    const std::string_view application = key.text();
    return key.ended() && verifies(edwards_key(point).get(), nullptr, value,
                                   told_by_device(application, device, text));
  }
  if (kind == "sk-ecdsa-sha2-nistp256@openssh.com") {
    const std::string_view curve = key.text();
    const std::string_view point = key.text();
    const std::string_view application = key.text();
    return key.ended() && verifies(curve_key(curve, point).get(), EVP_sha256(), in_der(value),
                                   told_by_device(application, device, text));
  }
  return false;
}

std::string armoured(std::string_view blob) {
  std::string base64((blob.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),  // NOLINT
                                   bytes(blob), static_cast<int>(blob.size()));
  base64.resize(static_cast<std::size_t>(size));
  std::string out(kBegin);
  for (std::size_t at = 0; at < base64.size(); at += kArmourColumns)
    out += "\n" + base64.substr(at, kArmourColumns);
  return out + "\n" + std::string(kEnd);
}

// What stands between the marks of the armour.  Only the form that ssh-keygen writes is taken: one
// signature has one form, or an old ballot could come back as another file.
std::optional<std::string> unarmoured(std::string_view signature) {
  while (signature.ends_with('\n'))
    signature.remove_suffix(1);
  if (!signature.starts_with(kBegin) || !signature.ends_with(kEnd) ||
      signature.size() < kBegin.size() + kEnd.size())
    return std::nullopt;
  auto blob = decode_base64(
      std::string(signature.substr(kBegin.size(), signature.size() - kBegin.size() - kEnd.size())));
  if (!blob || armoured(*blob) != signature) return std::nullopt;
  return blob;
}

// The wire form of a public key, from its line.
std::optional<std::string> key_blob(const std::string& line) {
  const std::size_t kind = line.find(' ');
  if (kind == line.npos) return std::nullopt;
  const std::size_t end = line.find(' ', kind + 1);
  return decode_base64(line.substr(kind + 1, end == line.npos ? end : end - kind - 1));
}

}  // namespace

std::optional<std::string> ssh_signature_problem(std::string_view signature, std::string_view text,
                                                 std::string_view space,
                                                 const std::vector<std::string>& keys) {
  const auto blob = unarmoured(signature);
  if (!blob) return "it is no SSH signature";
  Fields fields(*blob);
  const bool magic = fields.take(kMagic.size()) == kMagic && fields.number() == 1;
  const std::string_view key = fields.text();
  const std::string_view own_space = fields.text();
  const std::string_view reserved = fields.text();
  const std::string_view hash = fields.text();
  const std::string_view value = fields.text();
  if (!magic || !fields.ended()) return "it is no SSH signature";
  if (own_space != space) return "it was made for something else";
  if (hash != "sha256" && hash != "sha512") return "its digest is not supported";
  const bool known = std::any_of(keys.begin(), keys.end(), [key](const std::string& line) {
    const auto own = key_blob(line);
    return own && *own == key;
  });
  if (!known) return "its key is none of that member's";
  const std::string digest = digest_of(text, hash == "sha256" ? EVP_sha256() : EVP_sha512());
  const std::string signed_text =
      std::string(kMagic) + field(space) + field(reserved) + field(hash) + field(digest);
  if (is_good(key, value, signed_text)) return std::nullopt;
  return "it does not fit the text";
}

std::string sha256(std::string_view text) {
  std::string hex;
  for (const char c : digest_of(text, EVP_sha256()))
    hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return hex;
}

}  // namespace paperclub::git
